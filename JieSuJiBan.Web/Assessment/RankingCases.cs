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
public sealed record CountedLine(Guid Id, string Number, string Title, DateTimeOffset CalledBackAt, bool? Contacted, bool? Solved, Satisfaction? Satisfaction, int Redone);

/// <summary>Which number of which unit's line, in which period.</summary>
public sealed record RankingCell(RankingList List, PeriodSpan Span, OrgPath Unit, CountedCases Of);

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
        var cases = Behind(db.Cases.AsNoTracking(), cell).Where(Sight.Cases(by));
        var total = await cases.Take(ListPage<CountedLine>.MaxTotal + 1).CountAsync(cancellationToken);
        // Which they are stands in the index alone; only those of the page are looked at.
        var ids = await cases.OrderByDescending(file => file.CalledBackAt).ThenBy(file => file.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<CountedLine>.Size).Take(ListPage<CountedLine>.Size).Select(file => file.Id).ToListAsync(cancellationToken);
        var sorted = db.Among(ids).OrderByDescending(file => file.CalledBackAt).ThenBy(file => file.Id);
        var lines = cell.Span.Scheme.Terms.Result.Value == CountedResult.First
            ? sorted.Select(file => new CountedLine(file.Id, file.Number, file.Title, file.CalledBackAt!.Value, file.FirstContacted, file.FirstSolved, file.FirstSatisfaction, file.RedoneCount))
            : sorted.Select(file => new CountedLine(file.Id, file.Number, file.Title, file.CalledBackAt!.Value, file.FinalContacted, file.Solved, file.Satisfaction, file.RedoneCount));
        return new(await lines.ToListAsync(cancellationToken), Math.Min(total, ListPage<CountedLine>.MaxTotal), total > ListPage<CountedLine>.MaxTotal);
    }

    internal static IQueryable<CaseFile> Behind(IQueryable<CaseFile> cases, RankingCell cell)
    {
        var (unit, (from, until)) = (cell.Unit, cell.Span.Times);
        return cases.Where(cell.List.IsByPlace() ? file => file.Home == unit && file.Nature != Nature.Report && file.ReportedUnit == null : file => file.CountedUnit == unit)
            .Where(file => file.CalledBackAt >= from && file.CalledBackAt < until)
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
