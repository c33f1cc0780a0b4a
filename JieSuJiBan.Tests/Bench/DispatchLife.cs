using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How one demand was decided, and whether that was right.</summary>
internal sealed record Decided(bool TopOne, bool TopThree, double Confidence);

/// <summary>Demands in the order they came, each decided before it is learnt, and learnt only when its unit had become known.</summary>
internal sealed record DispatchLife(IReadOnlyList<Decided> History, IReadOnlyList<Decided> Test)
{
    public static DispatchLife Run(Matcher matcher, IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test, TimeSpan labelDelay)
    {
        var waiting = new Queue<DispatchRow>();
        var decided = new List<Decided>();
        foreach (var row in Dated(history, test).Concat(test))
        {
            while (waiting.TryPeek(out var known) && known.At + labelDelay <= row.At)
            {
                Learn(matcher, waiting.Dequeue());
            }

            decided.Add(Judge(matcher.Propose(row.Demand, row.At), row));
            waiting.Enqueue(row);
        }

        return new DispatchLife([.. decided.Take(history.Count)], [.. decided.Skip(history.Count)]);
    }

    /// <summary>A matcher that has learnt all of the history, and will learn no more.</summary>
    public static Matcher Taught(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test)
    {
        var matcher = new Matcher();
        foreach (var row in Dated(history, test))
        {
            Learn(matcher, row);
        }

        return matcher;
    }

    public static Decided Judge(Proposal proposal, DispatchRow row) =>
        new(proposal.First?.Name == row.Unit, proposal.Candidates.Any(candidate => candidate.Name == row.Unit), proposal.Confidence);

    /// <summary>The lowest confidence above which so many percent are right; beyond 1 when there is none.</summary>
    public static double ThresholdFor(IReadOnlyCollection<Decided> decided, double percent)
    {
        var (right, all, threshold) = (0, 0, 1.1);
        foreach (var alike in decided.GroupBy(row => row.Confidence).OrderByDescending(group => group.Key))
        {
            right += alike.Count(row => row.TopOne);
            all += alike.Count();
            threshold = 100.0 * right >= percent * all ? alike.Key : threshold;
        }

        return threshold;
    }

    private static void Learn(Matcher matcher, DispatchRow row) => matcher.Learn(row.Demand, row.Key, row.At, row.Unit);

    // A history without times lies before the test, a case every quarter of an hour.
    private static IEnumerable<DispatchRow> Dated(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test) =>
        history.Select((row, at) => row.At == DateTimeOffset.MinValue ? row with { At = test[0].At.AddDays(-1).AddMinutes(15 * (at - history.Count)) } : row);
}
