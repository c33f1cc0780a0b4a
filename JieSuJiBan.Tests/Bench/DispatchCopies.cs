using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Tells copies of test messages in a history, also where it holds only words, stripped of the small ones.</summary>
internal static class DispatchCopies
{
    // Strangers share some percent of their pairs of characters, copies most of them.
    private const double Alike = 0.5;

    public static IReadOnlyList<DispatchRow> Without(IReadOnlyList<DispatchRow> history, IReadOnlyList<DispatchRow> test)
    {
        var pairs = test.Select(row => Pairs(row.Demand.Text)).ToList();
        var holders = pairs.Index().SelectMany(row => row.Item.Select(pair => (Pair: pair, Row: row.Index))).ToLookup(item => item.Pair, item => item.Row);
        return [.. history.Where(row => !IsCopy(Pairs(row.Demand.Text), pairs, holders, test.Count / 20))];
    }

    private static bool IsCopy(HashSet<string> own, List<HashSet<string>> others, ILookup<string, int> holders, int common)
    {
        var rare = own.Where(pair => holders[pair].Count() <= common).ToList();
        return rare.SelectMany(pair => holders[pair])
            .CountBy(row => row)
            .OrderByDescending(row => row.Value)
            .Take(5)
            .Any(row => own.Intersect(others[row.Key]).Count() >= Alike * own.Count);
    }

    // Pairs of characters within words: what both a plain text and its words have.
    private static HashSet<string> Pairs(string? text)
    {
        var plain = text ?? "";
        return [.. Enumerable.Range(0, Math.Max(0, plain.Length - 1))
            .Where(at => char.IsLetterOrDigit(plain[at]) && char.IsLetterOrDigit(plain[at + 1]))
            .Select(at => plain.Substring(at, 2))];
    }
}
