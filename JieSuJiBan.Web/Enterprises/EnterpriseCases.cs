using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Figures;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>
/// The demands of firms and the cases behind each number of their report. The book counts what this opens, so both say the same.
/// Indexes that hold nothing but these cases lead to them.
/// </summary>
public sealed class EnterpriseCases(IDbContextFactory<PortalDbContext> databases, UnitBook units)
{
    /// <summary>A page of them; nothing if the reader may not look behind this number.</summary>
    public async Task<ListPage<CaseLine>?> ReadAsync(EnterpriseQuestion question, Actor by, int page, CancellationToken cancellationToken = default)
    {
        if (!CanOpen(question, by) || (question.Unit is { } unit && units.Find(unit) is null) || (question.Place is { } place && units.Find(place) is null))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var cases = Behind(ByFigure(db, question.Figure).AsNoTracking(), by.Unit.District, question).Where(Sight.Cases(by));
        var total = await cases.Take(ListPage<CaseLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = Ordered(cases, question.Figure).Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<CaseLine>.Size).Take(ListPage<CaseLine>.Size);
        return new(await CaseList.Lines(lines).ToListAsync(cancellationToken), Math.Min(total, ListPage<CaseLine>.MaxTotal), total > ListPage<CaseLine>.MaxTotal);
    }

    /// <summary>The district's numbers are for those who oversee it; a unit's own for the unit, too.</summary>
    public static bool CanOpen(EnterpriseQuestion question, Actor by) =>
        question.Unit is { } unit ? by.CanSeeFiguresOf(unit) : by.Role.OverseesDistrict() && (question.Place is not { } place || by.Unit.District.Contains(place));

    /// <summary>What firms demanded of a district by their hotline. A 举报 is not among them, for whoever reads the report.</summary>
    /// <remarks>The filter of IX_Cases_EnterprisesCounted says the same: where it says more, SQLite finds no way to answer.</remarks>
    internal static IQueryable<CaseFile> Of(IQueryable<CaseFile> cases, OrgPath district) =>
        cases.Where(file => file.Channel == Channel.Enterprise && file.District == district && file.Nature != Nature.Report && file.ReportedUnit == null);

    internal static IQueryable<CaseFile> Behind(IQueryable<CaseFile> cases, OrgPath district, EnterpriseQuestion question)
    {
        var (from, until) = (WorkCalendar.Midnight(question.From), WorkCalendar.Midnight(question.Until));
        cases = Of(cases, district);
        if (question.Place is { } place)
        {
            cases = FigureCases.In(cases, place);
        }

        if (question.Category is { } category)
        {
            cases = cases.Where(file => file.Category == category);
        }

        if (question.Unit is { } unit)
        {
            cases = IsOfCallbacks(question.Figure) ? cases.Where(file => file.CountedUnit == unit) : cases.Where(file => file.FirstReceiver == unit);
        }

        return question.Figure switch
        {
            EnterpriseFigure.Received => cases.Where(file => file.RaisedAt >= from && file.RaisedAt < until),
            EnterpriseFigure.Answered => Answered(),
            EnterpriseFigure.InTime => Answered().Where(file => file.DueAt == null || file.AnsweredAt <= file.DueAt),
            EnterpriseFigure.Late => Answered().Where(file => file.AnsweredAt > file.DueAt),
            EnterpriseFigure.Open => OpenAt(cases, until),
            EnterpriseFigure.Overdue => OpenAt(cases, until).Where(file => file.DueAt < until && (file.AnsweredAt == null || file.AnsweredAt >= until) && file.SuspendedAt == null),
            EnterpriseFigure.Excluded => CalledBack().Where(file => file.IsExcluded),
            EnterpriseFigure.TwiceNo => CalledBack().Where(file => !file.IsExcluded).Where(question.Result == Domain.Assessment.CountedResult.First
                ? file => file.FirstSolved == false && file.FirstSatisfaction == Satisfaction.Unsatisfied
                : file => file.Solved == false && file.Satisfaction == Satisfaction.Unsatisfied),
            _ => CalledBack().Where(file => !file.IsExcluded).Where(RankingCases.Said(question.Result, question.Figure.Counted()!.Value)),
        };

        IQueryable<CaseFile> Answered() => cases.Where(file => file.AnsweredAt >= from && file.AnsweredAt < until);
        IQueryable<CaseFile> CalledBack() => cases.Where(file => file.CalledBackAt >= from && file.CalledBackAt < until);
    }

    // Where rows are read SQLite would take the index over all cases of the days, one in twenty-five of which came from a firm.
    private static IQueryable<CaseFile> ByFigure(PortalDbContext db, EnterpriseFigure figure) => figure switch
    {
        EnterpriseFigure.Received => db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_EnterprisesRaised" WHERE "Channel" = 'Enterprise'"""),
        EnterpriseFigure.Answered or EnterpriseFigure.InTime or EnterpriseFigure.Late => db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_EnterprisesAnswered" WHERE "Channel" = 'Enterprise'"""),
        EnterpriseFigure.Open or EnterpriseFigure.Overdue => db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_EnterprisesOpen" WHERE "Channel" = 'Enterprise'"""),
        _ => db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_EnterprisesAsked" WHERE "Channel" = 'Enterprise'"""),
    };

    /// <summary>Raised before a moment and not finished then, whatever became of them later.</summary>
    internal static IQueryable<CaseFile> OpenAt(IQueryable<CaseFile> cases, DateTimeOffset moment)
    {
        var (still, since) = OpenParts(cases, moment);
        return still.Concat(since);
    }

    /// <summary>Those that are open still, and those that were finished since. Asked for in one they would be looked for among all there ever were.</summary>
    internal static (IQueryable<CaseFile> Still, IQueryable<CaseFile> Since) OpenParts(IQueryable<CaseFile> cases, DateTimeOffset moment)
    {
        var (open, finished) = (true, false);  // asked for as values: SQLite looks for no NOT in an index
        return (cases.Where(file => file.IsOpen == open && file.ClosedAt == null && file.RaisedAt < moment), cases.Where(file => file.IsOpen == finished && file.ClosedAt >= moment && file.RaisedAt < moment));
    }

    private static bool IsOfCallbacks(EnterpriseFigure figure) => figure is EnterpriseFigure.TwiceNo || figure.Counted() is not null;

    private static IQueryable<CaseFile> Ordered(IQueryable<CaseFile> cases, EnterpriseFigure figure) => figure switch
    {
        EnterpriseFigure.Received or EnterpriseFigure.Open => cases.OrderByDescending(file => file.RaisedAt),
        EnterpriseFigure.Overdue => cases.OrderBy(file => file.DueAt),
        EnterpriseFigure.Answered or EnterpriseFigure.InTime or EnterpriseFigure.Late => cases.OrderByDescending(file => file.AnsweredAt),
        _ => cases.OrderByDescending(file => file.CalledBackAt),
    };
}
