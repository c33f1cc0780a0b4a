using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Figures;

/// <summary>Which figure is to be opened: what was counted on which days, in which place, about what.</summary>
public sealed record FigureQuestion(OrgPath District, Measure Measure, DateOnly From, DateOnly Until, OrgPath? Place = null, string? Category = null, int Page = 1);

/// <summary>Opens a figure down to the single cases that it counts: as many as the figure says, for whoever may see them all.</summary>
public sealed class FigureCases(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<CaseLine>> ReadAsync(Actor by, FigureQuestion question, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var cases = Counted(Indexed(db, question).Where(Sight.Cases(by)), question);
        var total = await cases.Take(ListPage<CaseLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var page = Ordered(cases, question.Measure).Skip((Math.Clamp(question.Page, 1, 50) - 1) * ListPage<CaseLine>.Size).Take(ListPage<CaseLine>.Size);
        return new(await CaseList.Lines(page).ToListAsync(cancellationToken), Math.Min(total, ListPage<CaseLine>.MaxTotal), total > ListPage<CaseLine>.MaxTotal);
    }

    internal static IQueryable<CaseFile> Counted(IQueryable<CaseFile> cases, FigureQuestion question)
    {
        var (from, until) = (WorkCalendar.Midnight(question.From), WorkCalendar.Midnight(question.Until));
        cases = cases.Where(file => file.District == question.District);
        if (question.Place is { } place && place != question.District)
        {
            cases = cases.Where(file => file.Nature != Nature.Report && file.ReportedUnit == null);  // no place counts them
            cases = In(cases, place);
        }

        if (question.Category is { } category)
        {
            cases = cases.Where(file => file.Category == category);
        }

        return question.Measure switch
        {
            Measure.Raised or Measure.IntakeMinutes => cases.Where(file => file.RaisedAt >= from && file.RaisedAt < until),
            Measure.Proactive => cases.Where(file => file.IsProactive && file.RaisedAt >= from && file.RaisedAt < until),
            Measure.Dispatched or Measure.MatchMinutes => cases.Where(file => file.DispatchedAt >= from && file.DispatchedAt < until),
            Measure.Answered or Measure.HandleMinutes => Answered(),
            Measure.AnsweredLate => Answered().Where(file => file.AnsweredAt > file.DueAt),
            Measure.Whistled or Measure.WhistledMinutes => Answered().Where(file => file.WhistleCount > 0),
            Measure.Valid or Measure.AskMinutes => Valid(),
            Measure.Excluded => CalledBack().Where(file => file.IsExcluded),
            Measure.FirstContacted => Valid().Where(file => file.FirstContacted == true),
            Measure.FirstSolved => Valid().Where(file => file.FirstSolved == true),
            Measure.FirstSatisfied => Valid().Where(file => file.FirstSatisfaction == Satisfaction.Satisfied),
            Measure.FirstBasically => Valid().Where(file => file.FirstSatisfaction == Satisfaction.Basically),
            Measure.FinalContacted => Valid().Where(file => file.FinalContacted == true),
            Measure.FinalSolved => Valid().Where(file => file.Solved == true),
            Measure.FinalSatisfied => Valid().Where(file => file.Satisfaction == Satisfaction.Satisfied),
            Measure.FinalBasically => Valid().Where(file => file.Satisfaction == Satisfaction.Basically),
            Measure.TwiceNo => Valid().Where(file => file.FirstSolved == false && file.FirstSatisfaction == Satisfaction.Unsatisfied),
            Measure.Redone => Valid().Where(file => file.RedoneCount > 0),
            Measure.WhistledValid => Valid().Where(file => file.WhistleCount > 0),
            Measure.WhistledSolved => Valid().Where(file => file.WhistleCount > 0 && file.FirstSolved == true),
            Measure.Closed or Measure.CloseMinutes => Closed(),
            Measure.Merged => Closed().Where(file => file.Status == CaseStatus.Merged),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Measure, "Nobody counts it."),
        };

        IQueryable<CaseFile> Answered() => cases.Where(file => file.AnsweredAt >= from && file.AnsweredAt < until);
        IQueryable<CaseFile> CalledBack() => cases.Where(file => file.CalledBackAt >= from && file.CalledBackAt < until);
        IQueryable<CaseFile> Valid() => CalledBack().Where(file => !file.IsExcluded);
        IQueryable<CaseFile> Closed() => cases.Where(file => file.ClosedAt >= from && file.ClosedAt < until);
    }

    /// <summary>In a street or one of its communities; in a district by itself, what nobody knew a street of.</summary>
    internal static IQueryable<CaseFile> In(IQueryable<CaseFile> cases, OrgPath place)
    {
        var street = place.Answering;
        cases = cases.Where(file => file.Street == street);
        return place == street ? cases : cases.Where(file => file.Home == place);
    }

    // A street's cases of some days, or those about one thing, by an index that leads to them alone: SQLite takes the index of the whole
    // district for as good, and would look at all of its cases of these days.
    private static IQueryable<CaseFile> Indexed(PortalDbContext db, FigureQuestion question)
    {
        var day = DayOf(question.Measure);
        var index = question.Place is { } place && place != question.District ? $"IX_Cases_{day}InStreet" : question.Category is not null ? $"IX_Cases_{day}About" : null;
#pragma warning disable EF1002 // names of the model only
        return (index is null ? db.Cases : db.Cases.FromSqlRaw($"""SELECT * FROM "Cases" INDEXED BY "{index}" WHERE "{day}At" IS NOT NULL""")).AsNoTracking();
#pragma warning restore EF1002
    }

    private static IQueryable<CaseFile> Ordered(IQueryable<CaseFile> cases, Measure measure) => DayOf(measure) switch
    {
        Day.Raised => cases.OrderByDescending(file => file.RaisedAt),
        Day.Dispatched => cases.OrderByDescending(file => file.DispatchedAt),
        Day.Answered => cases.OrderByDescending(file => file.AnsweredAt),
        Day.Closed => cases.OrderByDescending(file => file.ClosedAt),
        _ => cases.OrderByDescending(file => file.CalledBackAt),
    };

    private static Day DayOf(Measure measure) => measure switch
    {
        Measure.Raised or Measure.IntakeMinutes or Measure.Proactive => Day.Raised,
        Measure.Dispatched or Measure.MatchMinutes => Day.Dispatched,
        Measure.Answered or Measure.HandleMinutes or Measure.AnsweredLate or Measure.Whistled or Measure.WhistledMinutes => Day.Answered,
        Measure.Closed or Measure.CloseMinutes or Measure.Merged => Day.Closed,
        _ when measure.IsOfCallbacks() => Day.CalledBack,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Nobody counts it."),
    };

    // On which day of a case it is counted.
    private enum Day
    {
        Raised,
        Dispatched,
        Answered,
        CalledBack,
        Closed,
    }
}
