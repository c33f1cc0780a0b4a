namespace JieSuJiBan.Domain.Reviews;

/// <summary>How often a district or street looks at its work together.</summary>
public enum Rhythm
{
    [Word("日调度")] Daily,
    [Word("周研判")] Weekly,
    [Word("月点评")] Monthly,
    [Word("年总结")] Yearly,
}

/// <summary>What a review counts. The words are those of the page and of the printed record.</summary>
public enum FigureKind
{
    [Word("新登记诉求")] Registered,
    [Word("办结")] Closed,
    [Word("到期未答复")] LimitReached,
    [Word("派单异议")] Objections,
    [Word("下达催办督办")] OrdersIssued,
    [Word("吹哨")] WhistlesSounded,
    [Word("逾期响应报到")] WhistlesLate,
    [Word("新发现群诉")] Crowds,
    [Word("在办")] Open,
    [Word("超期在办")] Overdue,
    [Word("催督办中")] Urged,
    [Word("双否在办")] TwiceNo,
    [Word("重复、重办在办")] Repeated,
    [Word("未办结会议任务")] OpenTasks,
    [Word("将到的预判问题")] ForeseenComing,
}

/// <summary>A number of a review. <paramref name="Names"/> says what it counts, where that is short and nobody's affair.</summary>
public sealed record Figure(FigureKind Kind, int Count, IReadOnlyList<string>? Names = null);

public static class Rhythms
{
    /// <summary>Since when the first review of a rhythm looks back; each later one begins where the last ended.</summary>
    public static DateTimeOffset Before(this Rhythm rhythm, DateTimeOffset now) => rhythm switch
    {
        Rhythm.Daily => now.AddDays(-1),
        Rhythm.Weekly => now.AddDays(-7),
        Rhythm.Monthly => now.AddMonths(-1),
        _ => now.AddYears(-1),
    };

    /// <summary>So many days ahead it looks for what is foreseen.</summary>
    public static int DaysAhead(this Rhythm rhythm) => rhythm switch
    {
        Rhythm.Daily => 7,
        Rhythm.Weekly => 14,
        Rhythm.Monthly => 45,
        _ => 90,
    };

    /// <summary>Counts what happened between two reviews, and not what stands now.</summary>
    public static bool IsOfPeriod(this FigureKind kind) => kind <= FigureKind.Crowds;
}
