using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Mutual;

/// <summary>
/// The monthly report of the 双考评. Summonses count in the month they were made, ratings in the month they were given; a unit that was
/// let go was not asked. Sums come from the units' own indexes, a page of units at a time, and only of whistles the reader may see.
/// </summary>
public sealed class MutualReport(IDbContextFactory<PortalDbContext> databases, MutualDesk desk, UnitBook units)
{
    /// <summary>Whose months the reader may see: the district's for its overseers, of a kind; his own unit for the others, and for a street its sections and villages.</summary>
    public IReadOnlyList<OrgPath> UnitsOf(Actor by, UnitKind kind) => by.Role.OverseesDistrict()
        ? [.. units.Children(by.Unit.District, kind).Select(unit => unit.Path)]
        : [by.Unit, .. by.Unit.Kind == UnitKind.Street ? units.Children(by.Unit).Select(unit => unit.Path) : []];

    public async Task<MutualMonth> ReadAsync(Actor by, Month month, UnitKind kind, int page, CancellationToken cancellationToken = default)
    {
        var all = UnitsOf(by, kind);
        var pages = Math.Max(1, (all.Count + ListPage<MutualLine>.Size - 1) / ListPage<MutualLine>.Size);
        page = Math.Clamp(page, 1, pages);
        var scheme = await desk.OfAsync(by.Unit.District, month, cancellationToken);
        var lines = await CountAsync(by, month, scheme.Terms, [.. all.Skip((page - 1) * ListPage<MutualLine>.Size).Take(ListPage<MutualLine>.Size)], cancellationToken);
        return new(month, scheme, lines, page, pages);
    }

    private async Task<IReadOnlyList<MutualLine>> CountAsync(Actor by, Month month, MutualTerms terms, List<OrgPath> page, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (from, until, seen) = (month.From, month.Until, Seen(db, by));

        var summoned = await seen.Where(unit => page.Contains(unit.Unit) && unit.SummonedAt >= from && unit.SummonedAt < until && unit.State != UnitState.Released)
            .GroupBy(unit => unit.Unit)
            .Select(group => new
            {
                Unit = group.Key,
                All = group.Count(),
                InTime = group.Count(unit => unit.RespondedAt <= unit.RespondBy),
                Arrived = group.Count(unit => unit.ReportedAt != null),
                ArrivedInTime = group.Count(unit => unit.ReportedAt <= unit.ArriveBy),
                Committed = group.Count(unit => unit.State == UnitState.Committed || unit.State == UnitState.FedBack || unit.State == UnitState.Settled),
                Settled = group.Count(unit => unit.State == UnitState.Settled),
            })
            .ToDictionaryAsync(row => row.Unit, cancellationToken);
        var got = await RatedAsync(seen.Where(unit => page.Contains(unit.Unit)), from, until, unit => unit.Unit, cancellationToken);
        var gave = await RatedAsync(seen.Where(unit => page.Contains(unit.Whistler)), from, until, unit => unit.Whistler, cancellationToken);
        var said = await SaidAsync(seen.Where(unit => page.Contains(unit.Unit)), from, until, unit => unit.Unit, cancellationToken);
        var heard = await SaidAsync(seen.Where(unit => page.Contains(unit.Whistler)), from, until, unit => unit.Whistler, cancellationToken);
        var blown = await db.Whistles.Where(Sight.Whistles(by)).Where(whistle => page.Contains(whistle.Whistler) && whistle.SoundedAt >= from && whistle.SoundedAt < until)
            .GroupBy(whistle => whistle.Whistler).Select(group => new { Unit = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Unit, row => row.Count, cancellationToken);
        var silent = await Silent(db, by, month).Where(unit => page.Contains(unit.Unit))
            .GroupBy(unit => unit.Unit).Select(group => new { Unit = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Unit, row => row.Count, cancellationToken);
        var unrated = await Unrated(db, by, month, page)
            .GroupBy(unit => unit.Whistler).Select(group => new { Unit = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Unit, row => row.Count, cancellationToken);

        return [.. page.Select(unit =>
        {
            var row = summoned.GetValueOrDefault(unit);
            return new MutualLine(
                unit, row?.All ?? 0, row?.InTime ?? 0, row?.Arrived ?? 0, row?.ArrivedInTime ?? 0, row?.Committed ?? 0, row?.Settled ?? 0,
                OfUnit(got[unit], terms), OfUnit(got[unit].Where(sum => sum.ByStreet), terms), Plain(said[unit], terms), silent.GetValueOrDefault(unit),
                blown.GetValueOrDefault(unit), OfWhistles(unit, heard[unit], terms), OfUnit(gave[unit], terms, isGiven: true), unrated.GetValueOrDefault(unit));
        })];
    }

    /// <summary>The summonses behind a number, as far as the reader may see their whistles.</summary>
    internal static IQueryable<WhistleUnit> Seen(PortalDbContext db, Actor by)
    {
        var whistles = db.Whistles.Where(Sight.Whistles(by));
        return db.Set<WhistleUnit>().AsNoTracking().Where(unit => whistles.Any(whistle => whistle.Id == unit.WhistleId));
    }

    /// <summary>Summoned in the month to a whistle that is carried out, and silent about it.</summary>
    internal static IQueryable<WhistleUnit> Silent(PortalDbContext db, Actor by, Month month)
    {
        var (from, until, rateable) = (month.From, month.Until, Rateable(db, by));
        return db.Set<WhistleUnit>().AsNoTracking()
            .Where(unit => unit.SummonedAt >= from && unit.SummonedAt < until && unit.State != UnitState.Released && unit.HasAssessedAt == null)
            .Where(unit => rateable.Any(whistle => whistle.Id == unit.WhistleId));
    }

    /// <summary>The units of the whistles that were blown in the month and are carried out, as far as their whistler has not rated them.</summary>
    internal static IQueryable<WhistleUnit> Unrated(PortalDbContext db, Actor by, Month month, IReadOnlyCollection<OrgPath> whistlers)
    {
        var (from, until) = (month.From, month.Until);
        return Rateable(db, by).Where(whistle => whistlers.Contains(whistle.Whistler) && whistle.SoundedAt >= from && whistle.SoundedAt < until)
            .SelectMany(whistle => whistle.Units).Where(unit => unit.State != UnitState.Released && unit.AssessedAt == null);
    }

    private static IQueryable<Whistle> Rateable(PortalDbContext db, Actor by) =>
        db.Whistles.AsNoTracking().Where(Sight.Whistles(by)).Where(whistle => whistle.AssessBy != null && (whistle.Stage == WhistleStage.Confirmed || whistle.Stage == WhistleStage.Ended));

    // One row for each pair: what the rated unit is told is a mean over the raters.
    private static async Task<ILookup<OrgPath, UnitSum>> RatedAsync(
        IQueryable<WhistleUnit> seen, DateTimeOffset from, DateTimeOffset until, Func<UnitSum, OrgPath> whose, CancellationToken cancellationToken) =>
        (await seen.Where(unit => unit.AssessedAt >= from && unit.AssessedAt < until)
            .GroupBy(unit => new { unit.Unit, unit.Whistler })
            .Select(group => new UnitSum(
                group.Key.Unit, group.Key.Whistler, group.Count(), group.Sum(unit => unit.ResponseMark!.Value), group.Sum(unit => unit.ArrivalMark!.Value),
                group.Sum(unit => unit.MeasureMark!.Value), group.Sum(unit => unit.ResultMark!.Value)))
            .ToListAsync(cancellationToken)).ToLookup(whose);

    private static async Task<ILookup<OrgPath, WhistleSum>> SaidAsync(
        IQueryable<WhistleUnit> seen, DateTimeOffset from, DateTimeOffset until, Func<WhistleSum, OrgPath> whose, CancellationToken cancellationToken) =>
        (await seen.Where(unit => unit.HasAssessedAt >= from && unit.HasAssessedAt < until)
            .GroupBy(unit => new { unit.Unit, unit.Whistler })
            .Select(group => new WhistleSum(
                group.Key.Unit, group.Key.Whistler, group.Count(), group.Sum(unit => unit.PreparedMark!.Value), group.Sum(unit => unit.RightUnitMark!.Value), group.Sum(unit => unit.ClearMark!.Value)))
            .ToListAsync(cancellationToken)).ToLookup(whose);

    // A street that departments have summoned is not assessed by one of them.
    private static Score OfUnit(IEnumerable<UnitSum> sums, MutualTerms terms, bool isGiven = false)
    {
        var all = sums.ToList();
        var ratings = all.Sum(sum => sum.Ratings);
        var isOfStreet = !isGiven && all.Exists(sum => sum.Unit.Kind == UnitKind.Street && sum.Whistler.Kind == UnitKind.Department);
        return ratings == 0 ? Score.None
            : isOfStreet && !terms.IsEnough(ratings, all.Count) ? new(ratings, null)
            : new(ratings, terms.Unit.Mean(ratings, all.Sum(sum => sum.Response), all.Sum(sum => sum.Arrival), all.Sum(sum => sum.Measure), all.Sum(sum => sum.Result)));
    }

    private static Score OfWhistles(OrgPath whistler, IEnumerable<WhistleSum> sums, MutualTerms terms)
    {
        var all = sums.ToList();
        var score = Plain(all, terms);
        return score.Ratings > 0 && whistler.Kind == UnitKind.Street && !terms.IsEnough(score.Ratings, all.Count) ? score with { Mean = null } : score;
    }

    private static Score Plain(IEnumerable<WhistleSum> sums, MutualTerms terms)
    {
        var all = sums.ToList();
        var ratings = all.Sum(sum => sum.Ratings);
        return ratings == 0 ? Score.None : new(ratings, terms.Whistle.Mean(ratings, all.Sum(sum => sum.Prepared), all.Sum(sum => sum.RightUnit), all.Sum(sum => sum.Clear)));
    }

    private sealed record UnitSum(OrgPath Unit, OrgPath Whistler, int Ratings, int Response, int Arrival, int Measure, int Result)
    {
        public bool ByStreet => Whistler.Kind == UnitKind.Street;
    }

    private sealed record WhistleSum(OrgPath Unit, OrgPath Whistler, int Ratings, int Prepared, int RightUnit, int Clear);
}
