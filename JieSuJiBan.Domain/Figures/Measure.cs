namespace JieSuJiBan.Domain.Figures;

/// <summary>By what cases are counted. Every case counts once in each, for the present state of its row; for co-units once for each.</summary>
public enum Dimension
{
    /// <summary>The whole district.</summary>
    District,

    /// <summary>The unit that answers for it: the first receiver; for callbacks the one that had it when the petitioner was first asked.</summary>
    Unit,

    /// <summary>Where it lies: the street; the district, where nobody said which.</summary>
    Street,

    /// <summary>The community, if it is known.</summary>
    Community,

    /// <summary>What it is about.</summary>
    Category,

    /// <summary>
    /// Whoever helped by the same dispatch when the petitioner was first asked (一单多考): callbacks only, beside the lead's, and whether or
    /// not a scheme counts them. A 举报 counts for its lead alone.
    /// </summary>
    CoUnit,

    /// <summary>What it is about in which street, by months only: <c>/11/110117/110117101/|停车管理</c>.</summary>
    StreetCategory,
}

/// <summary>
/// What is counted. Each belongs to the day on which it happened in Beijing: what was raised to the day of the call, what callbacks
/// found to the day of the first valid one. Minutes are sums; the count they belong to stands before them.
/// </summary>
public enum Measure
{
    [Word("诉求量")] Raised,
    [Word("登记用时")] IntakeMinutes,

    /// <summary>Of these, found before anybody complained (未诉先办).</summary>
    [Word("未诉先办")] Proactive,

    [Word("派单")] Dispatched,
    [Word("派单用时")] MatchMinutes,

    [Word("答复")] Answered,
    [Word("办理用时")] HandleMinutes,

    /// <summary>Of the answered, those answered after their limit.</summary>
    [Word("超期答复")] AnsweredLate,

    /// <summary>Of the answered, those for which a whistle was blown.</summary>
    [Word("经吹哨答复")] Whistled,
    [Word("吹哨办理用时")] WhistledMinutes,

    /// <summary>Of the valid, those for which a whistle was blown, and of these the solved ones.</summary>
    [Word("吹哨后有效回访")] WhistledValid,
    [Word("吹哨后已解决")] WhistledSolved,

    /// <summary>V of the three rates: the petitioner was reached and answered, and the case is not left out of the rates.</summary>
    [Word("有效回访")] Valid,

    /// <summary>Left out of the rates by a review.</summary>
    [Word("不计入考评")] Excluded,

    [Word("首次回访已联系")] FirstContacted,
    [Word("首次回访已解决")] FirstSolved,
    [Word("首次回访满意")] FirstSatisfied,
    [Word("首次回访基本满意")] FirstBasically,

    [Word("末次回访已联系")] FinalContacted,
    [Word("末次回访已解决")] FinalSolved,
    [Word("末次回访满意")] FinalSatisfied,
    [Word("末次回访基本满意")] FinalBasically,

    /// <summary>双否 when first asked.</summary>
    [Word("双否")] TwiceNo,

    [Word("重办")] Redone,
    [Word("回访等待")] AskMinutes,

    [Word("结案")] Closed,
    [Word("结案用时")] CloseMinutes,

    /// <summary>Joined to another case, by the day on which it was: the same thing demanded again.</summary>
    [Word("并案")] Merged,
}

public static class Measures
{
    /// <summary>Counted by the day and the unit of the first valid callback.</summary>
    public static bool IsOfCallbacks(this Measure measure) => measure is >= Measure.WhistledValid and <= Measure.AskMinutes;
}
