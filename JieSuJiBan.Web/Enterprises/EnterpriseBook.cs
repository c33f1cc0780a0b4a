using System.Linq.Expressions;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Enterprises;

/// <summary>
/// Counts a month of what firms demanded, beside the month before and last year's, from indexes of these cases alone: some thousand
/// lines a month among a million cases a year. The period and the rates are the assessment scheme's.
/// </summary>
public sealed class EnterpriseBook(IDbContextFactory<PortalDbContext> databases, SchemeBook schemes, RankingTables rankings, RankingDesk published, UnitBook units, TimeProvider time)
{
    private const int Most = 10, Months = 13;

    // Whose answer and whose rates it is; for those who are only compared with, all together, which needs no sorting.
    private static readonly Expression<Func<CaseFile, OrgPath?>> s_byLead = file => file.FirstReceiver, s_byCounted = file => file.CountedUnit, s_together = file => file.District;

    private static readonly RankingList[] s_lists = [RankingList.Streets, RankingList.Departments, RankingList.Enterprises];

    /// <param name="by">Whoever has it counted; his district is.</param>
    public Task<EnterpriseMonth> ReadAsync(Period period, Actor by, CancellationToken cancellationToken = default) =>
        ReadAsync(period, by, schemes.Of(by.Unit.District).SpanOf(period).Scheme, cancellationToken);

    /// <param name="scheme">By which it is counted: for a correction that of the first edition.</param>
    public async Task<EnterpriseMonth> ReadAsync(Period period, Actor by, SchemeVersion scheme, CancellationToken cancellationToken = default)
    {
        var (district, history, now) = (by.Unit.District, schemes.Of(by.Unit.District), time.GetUtcNow());
        var span = history.SpanOf(period) with { Scheme = scheme };
        var (running, before, year) = Spans(history, span, WorkCalendar.DateAt(now));

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (cases, result) = (EnterpriseCases.Of(db.Cases.AsNoTracking(), district), span.Scheme.Terms.Result.Value);
        var raised = await RaisedAsync(cases, running, cancellationToken);
        var raisedBefore = await RaisedAsync(cases, before, cancellationToken);
        var units = await UnitsAsync(cases, running, result, s_byLead, s_byCounted, cancellationToken);
        var total = Sum(units);
        var totalBefore = Sum(await UnitsAsync(cases, before, result, s_together, s_together, cancellationToken));
        var totalYear = Sum(await UnitsAsync(cases, year, result, s_together, s_together, cancellationToken));
        var open = await OpenAsync(cases, running, cancellationToken);
        return new EnterpriseMonth(
            running, before, year, span.Scheme, now,
            total with { Received = raised.Sum(one => one.Count) }, totalBefore with { Received = raisedBefore.Sum(one => one.Count) },
            totalYear with { Received = await CountAsync(db, district, year.From, year.Until, cancellationToken) },
            open.Sum(one => one.Open), open.Sum(one => one.Overdue),
            Subjects(raised, raisedBefore, one => one.Category, category => category), Subjects(raised, raisedBefore, one => one.Street.Value, path => Place(new OrgPath(path))),
            Hot(raised), await MonthsAsync(db, district, history, running, cancellationToken),
            [.. s_lists.Select(list => Table(list, span.Scheme.Terms, units, open))], await RankingAsync(span, by, cancellationToken));
    }

    // A month that runs is compared with as many days.
    internal static (EnterpriseSpan Now, EnterpriseSpan Before, EnterpriseSpan YearAgo) Spans(SchemeHistory history, PeriodSpan span, DateOnly today)
    {
        var until = span.HasEndedOn(today) ? span.Until : today.AddDays(1);
        return (new(span.Period.ToString(), span.From, until), Cut(history.SpanOf(span.Period.Before)), Cut(history.SpanOf(span.Period.YearBefore)));

        EnterpriseSpan Cut(PeriodSpan other)
        {
            var end = other.From.AddDays(until.DayNumber - span.From.DayNumber);
            return new(other.Period.ToString(), other.From, until == span.Until || end > other.Until ? other.Until : end);
        }
    }

    private static async Task<List<Raised>> RaisedAsync(IQueryable<CaseFile> cases, EnterpriseSpan span, CancellationToken cancellationToken)
    {
        var (from, until) = Times(span);
        return await cases.Where(file => file.RaisedAt >= from && file.RaisedAt < until).GroupBy(file => new { file.Street, file.Category })
            .Select(group => new Raised(group.Key.Street, group.Key.Category, group.LongCount())).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<OrgPath, EnterpriseTally>> UnitsAsync(
        IQueryable<CaseFile> cases, EnterpriseSpan span, CountedResult result, Expression<Func<CaseFile, OrgPath?>> answering, Expression<Func<CaseFile, OrgPath?>> counting, CancellationToken cancellationToken)
    {
        var (from, until) = Times(span);
        var answered = await cases.Where(file => file.AnsweredAt >= from && file.AnsweredAt < until).GroupBy(answering)
            .Select(group => new { Unit = group.Key, Count = group.LongCount(), Late = group.LongCount(file => file.AnsweredAt > file.DueAt) }).ToListAsync(cancellationToken);
        var asked = await Said(cases.Where(file => file.CalledBackAt >= from && file.CalledBackAt < until).GroupBy(counting), result).ToListAsync(cancellationToken);

        var sums = new Dictionary<OrgPath, EnterpriseTally>();
        foreach (var (unit, tally) in answered.Select(one => (one.Unit, new EnterpriseTally(0, one.Count, one.Late, default, 0)))
            .Concat(asked.Select(one => (one.Unit, new EnterpriseTally(0, 0, 0, new(one.Valid, one.Contacted, one.Solved, one.Satisfied, one.Basically, one.Excluded), one.TwiceNo)))))
        {
            sums[unit ?? OrgPath.Portal] = sums.GetValueOrDefault(unit ?? OrgPath.Portal) + tally;
        }

        return sums;
    }

    private static EnterpriseTally Sum(IReadOnlyDictionary<OrgPath, EnterpriseTally> units) => units.Values.Aggregate(default(EnterpriseTally), (sum, tally) => sum + tally);

    // What the first or the last valid callback said, by the unit whose rates it counts for.
    private static IQueryable<Answers> Said(IQueryable<IGrouping<OrgPath?, CaseFile>> units, CountedResult result) => result == CountedResult.First
        ? units.Select(group => new Answers(
            group.Key, group.LongCount(file => !file.IsExcluded), group.LongCount(file => !file.IsExcluded && file.FirstContacted == true), group.LongCount(file => !file.IsExcluded && file.FirstSolved == true),
            group.LongCount(file => !file.IsExcluded && file.FirstSatisfaction == Satisfaction.Satisfied), group.LongCount(file => !file.IsExcluded && file.FirstSatisfaction == Satisfaction.Basically),
            group.LongCount(file => file.IsExcluded), group.LongCount(file => !file.IsExcluded && file.FirstSolved == false && file.FirstSatisfaction == Satisfaction.Unsatisfied)))
        : units.Select(group => new Answers(
            group.Key, group.LongCount(file => !file.IsExcluded), group.LongCount(file => !file.IsExcluded && file.FinalContacted == true), group.LongCount(file => !file.IsExcluded && file.Solved == true),
            group.LongCount(file => !file.IsExcluded && file.Satisfaction == Satisfaction.Satisfied), group.LongCount(file => !file.IsExcluded && file.Satisfaction == Satisfaction.Basically),
            group.LongCount(file => file.IsExcluded), group.LongCount(file => !file.IsExcluded && file.Solved == false && file.Satisfaction == Satisfaction.Unsatisfied)));

    private static async Task<List<Owed>> OpenAsync(IQueryable<CaseFile> cases, EnterpriseSpan span, CancellationToken cancellationToken)
    {
        var until = Times(span).Until;
        var (still, since) = EnterpriseCases.OpenParts(cases, until);
        var owed = (await Owing(still, until).ToListAsync(cancellationToken)).Concat(await Owing(since, until).ToListAsync(cancellationToken));
        return [.. owed.GroupBy(one => one.Unit).Select(unit => new Owed(unit.Key, unit.Sum(one => one.Open), unit.Sum(one => one.Overdue)))];
    }

    private static IQueryable<Owed> Owing(IQueryable<CaseFile> cases, DateTimeOffset until) => cases.GroupBy(file => file.FirstReceiver)
        .Select(group => new Owed(group.Key, group.LongCount(), group.LongCount(file => file.DueAt < until && (file.AnsweredAt == null || file.AnsweredAt >= until) && file.SuspendedAt == null)));

    private static async Task<List<MonthCount>> MonthsAsync(PortalDbContext db, OrgPath district, SchemeHistory history, EnterpriseSpan last, CancellationToken cancellationToken)
    {
        var months = new List<MonthCount>();
        for (var period = Period.Parse(last.Key); months.Count < Months && period.Year > Period.FirstYear; period = period.Before)
        {
            var span = history.SpanOf(period);
            months.Insert(0, new MonthCount(period.ToString(), await CountAsync(db, district, span.From, months.Count == 0 ? last.Until : span.Until, cancellationToken)));
        }

        return months;
    }

    // By an index that holds their days alone, of which a year has as many as firms had demands.
    private static Task<long> CountAsync(PortalDbContext db, OrgPath district, DateOnly first, DateOnly end, CancellationToken cancellationToken)
    {
        var (from, until) = (WorkCalendar.Midnight(first), WorkCalendar.Midnight(end));
        var cases = EnterpriseCases.Of(db.Cases.FromSql($"""SELECT * FROM "Cases" INDEXED BY "IX_Cases_EnterprisesCounted" """), district);
        return cases.LongCountAsync(file => file.RaisedAt >= from && file.RaisedAt < until, cancellationToken);
    }

    private static IReadOnlyList<SubjectCount> Subjects(List<Raised> now, List<Raised> before, Func<Raised, string> of, Func<string, string> name)
    {
        var former = before.GroupBy(of).ToDictionary(group => group.Key, group => group.Sum(one => one.Count));
        return [.. now.GroupBy(of).Select(group => new SubjectCount(group.Key, name(group.Key), group.Sum(one => one.Count), former.GetValueOrDefault(group.Key)))
            .OrderByDescending(line => line.Count).ThenBy(line => line.Subject, StringComparer.Ordinal).Where((line, at) => at < Most || EnterpriseWriter.IsRising(line))];
    }

    private IReadOnlyList<HotMatter> Hot(List<Raised> raised) =>
        [.. raised.Where(one => one.Street != one.Street.District).GroupBy(one => (one.Street, one.Category)).Select(group => new HotMatter(group.Key.Street, Place(group.Key.Street), group.Key.Category, group.Sum(one => one.Count)))
            .Where(hot => hot.Count >= EnterpriseWriter.LeastToBeHot).OrderByDescending(hot => hot.Count).ThenBy(hot => hot.Street.Value, StringComparer.Ordinal).ThenBy(hot => hot.Category, StringComparer.Ordinal).Take(Most)];

    private string Place(OrgPath street) => street == street.District ? "街乡镇未明确" : units.ShortName(street);

    private EnterpriseTable Table(RankingList list, SchemeTerms terms, IReadOnlyDictionary<OrgPath, EnterpriseTally> tallies, List<Owed> owed)
    {
        if (terms.ListOf(list) is not { } listed)
        {
            return new(list, false, []);
        }

        var overdue = owed.Where(one => one.Unit is not null).ToDictionary(one => one.Unit!.Value, one => one.Overdue);
        var known = tallies.Keys.Concat(overdue.Where(one => one.Value > 0).Select(one => one.Key)).Distinct().Where(unit => unit.Kind == list.Kind()).Except(listed.Except)
            .OrderBy(unit => unit.Value, StringComparer.Ordinal);
        var rows = Rankings.Rank(known.Select(unit => (unit, units.ShortName(unit), tallies.GetValueOrDefault(unit).Counts)), terms);
        return new(list, true, [.. rows.Select(row => new EnterpriseLine(row, tallies.GetValueOrDefault(row.Unit).Answered, tallies.GetValueOrDefault(row.Unit).Late, overdue.GetValueOrDefault(row.Unit)))]);
    }

    // What was published stands; else it is counted now.
    private async Task<EnterpriseRanking> RankingAsync(PeriodSpan span, Actor by, CancellationToken cancellationToken)
    {
        var known = await published.FindAsync(RankingDesk.IdOf(by.Unit.District, RankingList.Enterprises, span.Period), by, cancellationToken);
        return known is { WithdrawnAt: null } ? new(known.Edition, known.Rows)
            : new(null, (await rankings.ReadAsync(by.Unit.District, RankingList.Enterprises, span, cancellationToken)).Rows);
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Times(EnterpriseSpan span) => (WorkCalendar.Midnight(span.From), WorkCalendar.Midnight(span.Until));

    private sealed record Raised(OrgPath Street, string Category, long Count);

    private sealed record Answers(OrgPath? Unit, long Valid, long Contacted, long Solved, long Satisfied, long Basically, long Excluded, long TwiceNo);

    private sealed record Owed(OrgPath? Unit, long Open, long Overdue);
}
