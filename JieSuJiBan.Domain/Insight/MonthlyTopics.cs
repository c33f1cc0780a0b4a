using JieSuJiBan.Domain.Figures;

namespace JieSuJiBan.Domain.Insight;

/// <summary>Why something may be worth a 每月一题.</summary>
public enum TopicReason
{
    [Word("件数多")] Many,
    [Word("解决率低")] Unsolved,
    [Word("上升快")] Rising,
}

/// <summary>A frequent problem that deserves a lead unit and a plan of its own.</summary>
/// <param name="Usual">How many there were in a month of the three before, on average, for as many days.</param>
public sealed record MonthlyTopic(string Category, Tally Now, decimal Usual, IReadOnlyList<TopicReason> Reasons);

/// <summary>What makes a candidate for 每月一题; at least two reasons, so that neither size nor a small sample alone does.</summary>
/// <param name="LeastCases">Fewer than this is no topic, whatever else is true of it.</param>
/// <param name="ManyShare">Its part of all demands, 0 to 1, from which it counts as many.</param>
/// <param name="UnsolvedBelow">By how much of the whole, 0 to 1, its solved share must lie below everybody's.</param>
/// <param name="LeastCallbacks">Callbacks below which a share says nothing.</param>
/// <param name="RisingBy">By how much, 0 to 1, it must exceed its usual number.</param>
public sealed record TopicRule(int LeastCases, decimal ManyShare, decimal UnsolvedBelow, int LeastCallbacks, decimal RisingBy, string Basis)
{
    public const int LeastReasons = 2;

    /// <summary>The candidates, those with most reasons and most cases first.</summary>
    public IReadOnlyList<MonthlyTopic> Candidates(IEnumerable<(string Category, Tally Now, decimal Usual)> categories)
    {
        var all = categories.ToList();
        var raised = all.Sum(category => category.Now[Measure.Raised]);
        var average = all.Aggregate(Tally.None, (sum, category) => sum + category.Now).Share(Measure.FirstSolved, Measure.Valid);
        return
        [
            .. all.Where(category => category.Now[Measure.Raised] >= LeastCases)
                .Select(category => new MonthlyTopic(category.Category, category.Now, category.Usual, [.. Reasons(category.Now, category.Usual, raised, average)]))
                .Where(topic => topic.Reasons.Count >= LeastReasons)
                .OrderByDescending(topic => topic.Reasons.Count).ThenByDescending(topic => topic.Now[Measure.Raised]).ThenBy(topic => topic.Category, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<TopicReason> Reasons(Tally now, decimal usual, long raised, decimal? average)
    {
        if (now[Measure.Raised] >= ManyShare * raised)
        {
            yield return TopicReason.Many;
        }

        if (now[Measure.Valid] >= LeastCallbacks && now.Share(Measure.FirstSolved, Measure.Valid) <= average - UnsolvedBelow)
        {
            yield return TopicReason.Unsolved;
        }

        if (usual > 0 && now[Measure.Raised] >= usual * (1 + RisingBy))
        {
            yield return TopicReason.Rising;
        }
    }
}
