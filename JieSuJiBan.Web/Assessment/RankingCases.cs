using System.Linq.Expressions;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

/// <summary>A case behind a number, with what the callback said that counts.</summary>
/// <param name="Lead">The unit that led it: another one, where it counts for who helped.</param>
public sealed record CountedLine(Guid Id, string Number, string Title, DateTimeOffset CalledBackAt, bool? Contacted, bool? Solved, Satisfaction? Satisfaction, int Redone, OrgPath? Lead);

/// <summary>Which number of which unit's line, in which period.</summary>
public sealed record RankingCell(RankingList List, PeriodSpan Span, OrgPath Unit, CountedCases Of)
{
    public bool CountsCoUnits => Span.Scheme.Terms.CountsCoUnits(List);
}

/// <summary>
/// The cases behind a number of a table: the same question that the figures answer, asked of the cases. A unit's index leads to them;
/// whoever may not see a case of the unit does not find it here either.
/// </summary>
public sealed class RankingCases(IDbContextFactory<PortalDbContext> databases, UnitBook units)
{
    /// <summary>A page of them, the latest callback first; nothing if the reader may not look behind this unit's numbers.</summary>
    public async Task<ListPage<CountedLine>?> ReadAsync(RankingCell cell, Actor by, int page, CancellationToken cancellationToken = default)
    {
        if (!by.CanSeeFiguresOf(cell.Unit) || cell.Unit.Kind != cell.List.Kind() || units.Find(cell.Unit) is null)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Which they are stands in the indexes alone, one for what it led and one for what it helped with; only those of the page are looked at.
        var cases = Said(Led(db.Cases.AsNoTracking(), cell), cell).Where(Sight.Cases(by)).Select(file => new { file.Id, file.CalledBackAt });
        if (cell.CountsCoUnits)
        {
            cases = cases.Concat(Said(Helped(db.Cases.AsNoTracking(), cell), cell).Where(Sight.Cases(by)).Select(file => new { file.Id, file.CalledBackAt }));
        }

        var total = await cases.Take(ListPage<CountedLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var ids = await cases.OrderByDescending(file => file.CalledBackAt).ThenBy(file => file.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<CountedLine>.Size).Take(ListPage<CountedLine>.Size).Select(file => file.Id).ToListAsync(cancellationToken);
        var sorted = db.Among(ids).OrderByDescending(file => file.CalledBackAt).ThenBy(file => file.Id);
        var lines = cell.Span.Scheme.Terms.Result.Value == CountedResult.First
            ? sorted.Select(file => new CountedLine(file.Id, file.Number, file.Title, file.CalledBackAt!.Value, file.FirstContacted, file.FirstSolved, file.FirstSatisfaction, file.RedoneCount, file.CountedUnit))
            : sorted.Select(file => new CountedLine(file.Id, file.Number, file.Title, file.CalledBackAt!.Value, file.FinalContacted, file.Solved, file.Satisfaction, file.RedoneCount, file.CountedUnit));
        return new(await lines.ToListAsync(cancellationToken), Math.Min(total, ListPage<CountedLine>.MaxTotal), total > ListPage<CountedLine>.MaxTotal);
    }

    private static IQueryable<CaseFile> Led(IQueryable<CaseFile> cases, RankingCell cell)
    {
        var (unit, own) = (cell.Unit, Sight.Upwards(cell.Unit));
        return cases.Where(cell.List.IsByPlace()
            ? file => file.Home == unit && file.Nature != Nature.Report && file.ReportedUnit == null
            : file => file.CountedUnit == unit && (file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value)));
    }

    // The lead is never among its own co-units, so nothing is in both.
    private static IQueryable<CaseFile> Helped(IQueryable<CaseFile> cases, RankingCell cell)
    {
        var (district, unit) = (cell.Unit.District, UnitSet.Marked(cell.Unit));
        return cases.Where(file => file.District == district && file.CountedCoUnits != null && ((string)(object)file.CountedCoUnits).Contains(unit) && file.Nature != Nature.Report && file.ReportedUnit == null);
    }

    private static IQueryable<CaseFile> Said(IQueryable<CaseFile> cases, RankingCell cell)
    {
        var (from, until) = cell.Span.Times;
        return cases.Where(file => file.CalledBackAt >= from && file.CalledBackAt < until)
            .Where(cell.Of == CountedCases.Excluded ? file => file.IsExcluded : file => !file.IsExcluded)
            .Where(Said(cell.Span.Scheme.Terms.Result.Value, cell.Of));
    }

    /// <summary>What the callback that counts must have said.</summary>
    internal static Expression<Func<CaseFile, bool>> Said(CountedResult result, CountedCases of) => result == CountedResult.First ? OfFirst(of) : OfFinal(of);

    private static Expression<Func<CaseFile, bool>> OfFirst(CountedCases of) => of switch
    {
        CountedCases.Contacted => file => file.FirstContacted == true,
        CountedCases.NotContacted => file => file.FirstContacted != true,
        CountedCases.Solved => file => file.FirstSolved == true,
        CountedCases.NotSolved => file => file.FirstSolved != true,
        CountedCases.Satisfied => file => file.FirstSatisfaction == Satisfaction.Satisfied,
        CountedCases.Basically => file => file.FirstSatisfaction == Satisfaction.Basically,
        CountedCases.NotSatisfied => file => file.FirstSatisfaction != Satisfaction.Satisfied && file.FirstSatisfaction != Satisfaction.Basically,
        _ => file => true,
    };

    private static Expression<Func<CaseFile, bool>> OfFinal(CountedCases of) => of switch
    {
        CountedCases.Contacted => file => file.FinalContacted == true,
        CountedCases.NotContacted => file => file.FinalContacted != true,
        CountedCases.Solved => file => file.Solved == true,
        CountedCases.NotSolved => file => file.Solved != true,
        CountedCases.Satisfied => file => file.Satisfaction == Satisfaction.Satisfied,
        CountedCases.Basically => file => file.Satisfaction == Satisfaction.Basically,
        CountedCases.NotSatisfied => file => file.Satisfaction != Satisfaction.Satisfied && file.Satisfaction != Satisfaction.Basically,
        _ => file => true,
    };
}
