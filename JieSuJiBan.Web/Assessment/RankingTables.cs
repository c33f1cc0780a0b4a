using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

/// <summary>One list in one period, as it is counted now or as it was published.</summary>
public sealed record RankingTable(OrgPath District, RankingList List, PeriodSpan Span, IReadOnlyList<RankingRow> Rows)
{
    public RateCounts Sum { get; } = Rows.Sum();

    /// <summary>The rates of all together, from their sums and not from their rates.</summary>
    public ThreeRates? Rates => ThreeRates.Of(Sum, Span.Scheme.Terms);

    public SchemeTerms Scheme => Span.Scheme.Terms;
}

/// <summary>Counts tables from the figures, by the scheme of their period, beside the period before and last year's.</summary>
public sealed class RankingTables(IDbContextFactory<PortalDbContext> databases, FigureBook figures, SchemeBook schemes, UnitBook units)
{
    public async Task<RankingTable> ReadAsync(OrgPath district, RankingList list, PeriodSpan span, CancellationToken cancellationToken = default)
    {
        var rows = await CountAsync(district, list, span, cancellationToken);
        var before = await StoodAsync(district, list, span.Period.Before, cancellationToken);
        var yearBefore = span.Period.Kind == PeriodKind.Year ? before : await StoodAsync(district, list, span.Period.YearBefore, cancellationToken);
        return new(district, list, span, rows.Beside(before, yearBefore));
    }

    /// <summary>What is counted for one unit now.</summary>
    public async Task<RateCounts> CountAsync(RankingList list, PeriodSpan span, OrgPath unit, CancellationToken cancellationToken = default)
    {
        var counts = await SumAsync(unit.District, list, span, unit.Value, cancellationToken);
        return counts.GetValueOrDefault(unit.Value);
    }

    /// <summary>What was published, if it was and stands; else what is counted now.</summary>
    private async Task<IReadOnlyList<RankingRow>> StoodAsync(OrgPath district, RankingList list, Period period, CancellationToken cancellationToken)
    {
        if (period.Year < Period.FirstYear)
        {
            return [];
        }

        var key = period.ToString();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var published = await db.Rankings.AsNoTracking().SingleOrDefaultAsync(ranking => ranking.District == district && ranking.List == list && ranking.Key == key, cancellationToken);
        return published is { WithdrawnAt: null } ? published.Rows : await CountAsync(district, list, schemes.Of(district).SpanOf(period), cancellationToken);
    }

    private async Task<IReadOnlyList<RankingRow>> CountAsync(OrgPath district, RankingList list, PeriodSpan span, CancellationToken cancellationToken)
    {
        if (span.Scheme.Terms.ListOf(list) is not { } terms)
        {
            return [];
        }

        var counts = await SumAsync(district, list, span, null, cancellationToken);
        return Rankings.Rank(
            Ranked(district, list, counts.Keys).Except(terms.Except).Select(unit => (unit, units.ShortName(unit), counts.GetValueOrDefault(unit.Value))),
            span.Scheme.Terms);
    }

    // What a unit led; and what it helped with, where the scheme says that this counts as well.
    private async Task<IReadOnlyDictionary<string, RateCounts>> SumAsync(OrgPath district, RankingList list, PeriodSpan span, string? within, CancellationToken cancellationToken)
    {
        var terms = span.Scheme.Terms;
        var counted = terms.Result.Value == CountedResult.First ? s_first : s_final;
        Dimension[] dimensions = list.IsByPlace() ? [Dimension.Community] : terms.CountsCoUnits(list) ? [Dimension.Unit, Dimension.CoUnit] : [Dimension.Unit];
        var counts = new Dictionary<string, RateCounts>(StringComparer.Ordinal);
        foreach (var dimension in dimensions)
        {
            foreach (var (subject, tally) in await figures.SumAsync(district, dimension, span.From, span.Until, within, counted, cancellationToken))
            {
                counts[subject] = counts.GetValueOrDefault(subject) + Counts(tally, terms.Result.Value);
            }
        }

        return counts;
    }

    // Who is in the book, in its order, and whoever is no more but was counted.
    private IEnumerable<OrgPath> Ranked(OrgPath district, RankingList list, IEnumerable<string> counted)
    {
        var known = list == RankingList.Communities
            ? units.Children(district, UnitKind.Street).SelectMany(street => units.Children(street.Path, UnitKind.Community))
            : units.Children(district, list.Kind());
        return known.Select(unit => unit.Path).Concat(counted.Select(path => new OrgPath(path)).Where(path => path.Kind == list.Kind())).Distinct();
    }

    // What the counts below are made of.
    private static readonly Measure[] s_first = [Measure.Valid, Measure.Excluded, Measure.FirstContacted, Measure.FirstSolved, Measure.FirstSatisfied, Measure.FirstBasically];
    private static readonly Measure[] s_final = [Measure.Valid, Measure.Excluded, Measure.FinalContacted, Measure.FinalSolved, Measure.FinalSatisfied, Measure.FinalBasically];

    internal static RateCounts Counts(Tally tally, CountedResult result) => result == CountedResult.First
        ? new(tally[Measure.Valid], tally[Measure.FirstContacted], tally[Measure.FirstSolved], tally[Measure.FirstSatisfied], tally[Measure.FirstBasically], tally[Measure.Excluded])
        : new(tally[Measure.Valid], tally[Measure.FinalContacted], tally[Measure.FinalSolved], tally[Measure.FinalSatisfied], tally[Measure.FinalBasically], tally[Measure.Excluded]);
}
