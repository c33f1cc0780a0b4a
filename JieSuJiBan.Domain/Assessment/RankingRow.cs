using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Assessment;

/// <summary>Where a unit stood in another period.</summary>
public sealed record Standing(int Rank, decimal Composite);

/// <summary>One unit's line of a table. A unit that nobody was asked about has no rates and no rank: it takes no part (不参评).</summary>
/// <param name="Name">As it was called then.</param>
public sealed record RankingRow(OrgPath Unit, string Name, RateCounts Counts, ThreeRates? Rates, int? Rank, bool IsSmall, Standing? Before = null, Standing? YearBefore = null)
{
    [JsonIgnore]
    public Standing? Standing => Rank is { } rank && Rates is { } rates ? new(rank, rates.Composite) : null;

    /// <summary>How many places up; down is below 0.</summary>
    [JsonIgnore]
    public int? Risen => Before is { } before && Rank is { } rank ? before.Rank - rank : null;

    [JsonIgnore]
    public decimal? Change => Before is { } before && Rates is { } rates ? rates.Composite - before.Composite : null;

    [JsonIgnore]
    public decimal? YearChange => YearBefore is { } before && Rates is { } rates ? rates.Composite - before.Composite : null;
}

/// <summary>What a new edition says otherwise of a unit; nothing before where it is new, nothing after where it is gone.</summary>
public sealed record RowDifference(OrgPath Unit, string Name, RankingRow? Before, RankingRow? After);

public static class Rankings
{
    /// <summary>
    /// Ranks units by their composite; with the same, who had more cases comes first, and with as many both have the place. Those that
    /// take no part stand at the end. The order of <paramref name="units"/> decides nothing else.
    /// </summary>
    public static IReadOnlyList<RankingRow> Rank(IEnumerable<(OrgPath Unit, string Name, RateCounts Counts)> units, SchemeTerms scheme)
    {
        var rows = units.Select(unit => new RankingRow(unit.Unit, unit.Name, unit.Counts, ThreeRates.Of(unit.Counts, scheme), null, scheme.IsSmall(unit.Counts)))
            .OrderBy(row => row.Rates is null).ThenByDescending(row => row.Rates?.Composite).ThenByDescending(row => row.Counts.Valid)
            .ToList();
        for (var at = 0; at < rows.Count && rows[at].Rates is not null; at++)
        {
            var isShared = at > 0 && (rows[at].Rates!.Composite, rows[at].Counts.Valid) == (rows[at - 1].Rates!.Composite, rows[at - 1].Counts.Valid);
            rows[at] = rows[at] with { Rank = isShared ? rows[at - 1].Rank : at + 1 };
        }

        return rows;
    }

    /// <summary>The same rows beside where each unit stood before.</summary>
    public static IReadOnlyList<RankingRow> Beside(this IReadOnlyList<RankingRow> rows, IReadOnlyList<RankingRow> before, IReadOnlyList<RankingRow> yearBefore)
    {
        var (last, year) = (before.ToDictionary(row => row.Unit), yearBefore.ToDictionary(row => row.Unit));
        return [.. rows.Select(row => row with { Before = last.GetValueOrDefault(row.Unit)?.Standing, YearBefore = year.GetValueOrDefault(row.Unit)?.Standing })];
    }

    /// <summary>All of them together, as if they were one unit.</summary>
    public static RateCounts Sum(this IEnumerable<RankingRow> rows) => rows.Aggregate(default(RateCounts), (sum, row) => sum + row.Counts);

    /// <summary>What one edition says otherwise than another, unit by unit; what has not changed is left out.</summary>
    public static IReadOnlyList<RowDifference> DifferencesFrom(this IReadOnlyList<RankingRow> after, IReadOnlyList<RankingRow> before)
    {
        var former = before.ToDictionary(row => row.Unit);
        var now = after.Select(row => row.Unit).ToHashSet();
        return
        [
            .. after.Select(row => new RowDifference(row.Unit, row.Name, former.GetValueOrDefault(row.Unit), row)).Where(pair => pair.Before != pair.After),
            .. before.Where(row => !now.Contains(row.Unit)).Select(row => new RowDifference(row.Unit, row.Name, row, null)),
        ];
    }
}
