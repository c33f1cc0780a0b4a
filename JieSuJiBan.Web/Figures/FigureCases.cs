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
public sealed record FigureQuestion(OrgPath District, Measure Measure, DateOnly From, DateOnly Until, OrgPath? Place = null, string? Category = null, int Page = 1, OrgPath? Unit = null);

/// <summary>Opens a figure down to the single cases that it counts: as many as the figure says, for whoever may see them all.</summary>
public sealed class FigureCases(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<CaseLine>> ReadAsync(Actor by, FigureQuestion question, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // A place's cases of some days are fewer than all that its unit ever had a part in: there the index of the days leads, and sight is asked of each.
        var cases = Counted(question.Place is null ? db.CasesFor(by) : db.Cases.AsNoTracking().Where(Sight.Cases(by)), question);
        var total = await cases.Take(ListPage<CaseLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var page = Ordered(cases, question.Measure).Skip((Math.Clamp(question.Page, 1, 50) - 1) * ListPage<CaseLine>.Size).Take(ListPage<CaseLine>.Size);
        return new(await CaseList.Lines(page).ToListAsync(cancellationToken), Math.Min(total, ListPage<CaseLine>.MaxTotal), total > ListPage<CaseLine>.MaxTotal);
    }

    internal static IQueryable<CaseFile> Counted(IQueryable<CaseFile> cases, FigureQuestion question)
    {
        var (from, until) = (Midnight(question.From), Midnight(question.Until));
        cases = cases.Where(file => file.District == question.District);
        if (question.Place is { } place && place != question.District)
        {
            cases = cases.Where(file => file.Nature != Nature.Report && file.ReportedUnit == null);  // no place counts them
            cases = Within(cases, place);
        }

        if (question.Unit is { } unit)
        {
            var own = Sight.Upwards(unit);
            cases = (question.Measure.IsOfCallbacks() ? cases.Where(file => file.CountedUnit == unit) : cases.Where(file => file.FirstReceiver == unit))
                .Where(file => file.ReportedUnit == null || !own.Contains(file.ReportedUnit.Value));  // nothing counts for whom it is about
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

    /// <summary>Everything whose path begins so: one stretch of the index, with or without a part in the case.</summary>
    internal static IQueryable<CaseFile> Within(IQueryable<CaseFile> cases, OrgPath place)
    {
        var (first, last) = (place.Value, $"{place.Value[..^1]}0");
#pragma warning disable CA1309 // the database compares, byte by byte
        return cases.Where(file => string.Compare((string)(object)file.Home, first) >= 0 && string.Compare((string)(object)file.Home, last) < 0);
#pragma warning restore CA1309
    }

    private static IQueryable<CaseFile> Ordered(IQueryable<CaseFile> cases, Measure measure) => measure switch
    {
        Measure.Raised or Measure.IntakeMinutes or Measure.Proactive => cases.OrderByDescending(file => file.RaisedAt),
        Measure.Dispatched or Measure.MatchMinutes => cases.OrderByDescending(file => file.DispatchedAt),
        Measure.Answered or Measure.HandleMinutes or Measure.AnsweredLate or Measure.Whistled or Measure.WhistledMinutes => cases.OrderByDescending(file => file.AnsweredAt),
        Measure.Closed or Measure.CloseMinutes or Measure.Merged => cases.OrderByDescending(file => file.ClosedAt),
        _ => cases.OrderByDescending(file => file.CalledBackAt),
    };

    private static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, WorkCalendar.Beijing).ToUniversalTime();
}
