using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// A back-off by hand over class, street, community and source, to be beaten: counts that fade, each context leaning on the wider one.
/// With one context and no fading it is a plain frequency table.
/// </summary>
internal sealed class BackOff(TimeSpan? halfLife, params Func<MatchInput, string>[] contexts)
{
    public static BackOff FrequencyTable => new(null, Fine, demand => $"{Fine(demand)}|{Street(demand)}");

    public static BackOff TwoWeeks => new(
        TimeSpan.FromDays(14),
        _ => "",
        demand => demand.Category is [var coarse, ..] ? coarse : "",
        Fine,
        demand => $"{Fine(demand)}|{Street(demand)}",
        demand => $"{Fine(demand)}|{Community(demand)}",
        demand => $"{Fine(demand)}|{Community(demand)}|{demand.Source}");

    private readonly Dictionary<string, Dictionary<string, (double Count, DateTimeOffset At)>>[] _tables =
        [.. contexts.Select(_ => new Dictionary<string, Dictionary<string, (double, DateTimeOffset)>>())];

    public IReadOnlyList<string> Top(DispatchRow row, int most)
    {
        var shares = new Dictionary<string, double>();
        for (var context = 0; context < contexts.Length; context++)
        {
            if (!_tables[context].TryGetValue(contexts[context](row.Demand), out var cell))
            {
                continue;
            }

            var counts = cell.ToDictionary(unit => unit.Key, unit => unit.Value.Count * Worth(row.At - unit.Value.At));
            var sum = counts.Values.Sum();
            shares = shares.Keys.Union(counts.Keys).ToDictionary(unit => unit, unit => (counts.GetValueOrDefault(unit) + shares.GetValueOrDefault(unit)) / (sum + 1));
        }

        return [.. shares.OrderByDescending(unit => unit.Value).Take(most).Select(unit => unit.Key)];
    }

    public void Learn(DispatchRow row)
    {
        for (var context = 0; context < contexts.Length; context++)
        {
            var key = contexts[context](row.Demand);
            if (!_tables[context].TryGetValue(key, out var cell))
            {
                _tables[context][key] = cell = [];
            }

            var (count, at) = cell.GetValueOrDefault(row.Unit, (0, row.At));
            cell[row.Unit] = ((count * Worth(row.At - at)) + 1, row.At);
        }
    }

    private static string Fine(MatchInput demand) => demand.Category is [.., var fine] ? fine : "";

    private static string Street(MatchInput demand) => demand.Place is [var street, ..] ? street : "";

    private static string Community(MatchInput demand) => demand.Place is [.., var community] ? community : "";

    private double Worth(TimeSpan age) => halfLife is { } half && age > TimeSpan.Zero ? Math.Pow(2, -(age / half)) : 1;
}
