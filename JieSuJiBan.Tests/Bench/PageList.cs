using System.Globalization;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Enterprises;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Seed;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Tests.Bench;

/// <summary>A page as one user asks for it; of several paths the slowest are measured, in turn.</summary>
internal sealed record BenchPage(string Name, string User, IReadOnlyList<string> Paths);

/// <summary>Which pages are measured for whom: every list with each of its orders, filters and scopes, from its first page to its last, and searches of every sort.</summary>
internal static class PageList
{
    public static async Task<IReadOnlyList<BenchPage>> OfAsync(PortalFixture portal)
    {
        await using var db = await portal.OpenDatabaseAsync();
        var newest = await db.Cases.AsNoTracking().OrderByDescending(file => file.Id).Take(400).ToListAsync();
        var oldest = await db.Cases.AsNoTracking().OrderBy(file => file.Id).Take(400).ToListAsync();
        var (street, department) = (Busiest(newest.Concat(oldest), UnitKind.Street), Busiest(newest.Concat(oldest), UnitKind.Department));
        var community = newest.Concat(oldest).First(file => file.Home.Answering == street && file.Home != street).Home;
        var file = newest.First(one => one.FirstReceiver == street);

        var pages = new List<BenchPage>();
        foreach (var (role, user, home) in new[] { ("centre", "dispatch", street), ("leader", "leader", street), ("street", CodeOf(street), community), ("department", CodeOf(department), street) })
        {
            pages.AddRange(For(role, SeedAccounts.Prefix + user, home, file));
            var seen = newest.Concat(oldest).Where(one => role is "centre" or "leader" || (role == "street" ? one.FirstReceiver == street : one.FirstReceiver == department)).Take(12).ToList();
            pages.Add(new($"case_{role}", SeedAccounts.Prefix + user, [.. seen.Select(one => $"/cases/{one.Id}")]));
        }

        pages.AddRange(Own(portal.Get<UnitBook>().ShortName(street), street));
        pages.AddRange(Insight(street, file, WorkCalendar.DateAt(file.RaisedAt)));
        pages.AddRange(Assessed(street, department, newest.Concat(oldest), WorkCalendar.DateAt(file.RaisedAt)));
        pages.AddRange(Enterprises(portal.Get<SchemeBook>().Of(street.District), DateOnly.FromDateTime(portal.Clock.GetUtcNow().UtcDateTime), street));
        pages.AddRange(Ranked(portal.Get<SchemeBook>().Of(street.District), DateOnly.FromDateTime(portal.Clock.GetUtcNow().UtcDateTime), street, community));
        return pages;
    }

    // The period that has ended last, and the cases behind its numbers.
    private static IEnumerable<BenchPage> Ranked(SchemeHistory history, DateOnly today, OrgPath street, OrgPath community)
    {
        var (leader, officer) = ($"{SeedAccounts.Prefix}leader", SeedAccounts.Prefix + CodeOf(street));
        foreach (var kind in Enum.GetValues<PeriodKind>())
        {
            var at = kind == PeriodKind.Year ? history.At(kind, today).Period : history.At(kind, today).Period.Before;
            yield return new($"rankings_{kind.ToString().ToLowerInvariant()}", leader, [.. Enum.GetValues<RankingList>().Select(list => $"/rankings?list={list}&at={at}")]);
            yield return new($"rankings_{kind.ToString().ToLowerInvariant()}_street", officer, [$"/rankings?list=Streets&at={at}"]);
            foreach (var (name, user, list, unit) in new[] { ("leader", leader, RankingList.Streets, street), ("street", officer, RankingList.Streets, street), ("community", officer, RankingList.Communities, community) })
            {
                yield return new(
                    $"ranking_cases_{kind.ToString().ToLowerInvariant()}_{name}", user,
                    [.. Enum.GetValues<CountedCases>().Select(of => $"/rankings/cases?list={list}&at={at}&unit={Uri.EscapeDataString(unit.Value)}&of={of}")]);
            }
        }

        yield return new("rankings_published", officer, ["/rankings/published"]);
        yield return new("schemes", leader, ["/schemes"]);
    }

    // The report on the demands of firms as it would be written now, and the cases behind its numbers.
    private static IEnumerable<BenchPage> Enterprises(SchemeHistory history, DateOnly today, OrgPath street)
    {
        var (leader, span) = ($"{SeedAccounts.Prefix}leader", history.SpanOf(history.At(PeriodKind.Month, today).Period.Before));
        yield return new("enterprise_reports", leader, [EnterpriseLinks.List]);
        yield return new("enterprise_report", leader, [EnterpriseLinks.Report(span.Period.ToString()), EnterpriseLinks.Report(span.Period.Next.ToString())]);
        yield return new(
            "enterprise_cases", leader,
            [.. Enum.GetValues<EnterpriseFigure>().SelectMany(figure => new[] { new EnterpriseQuestion(figure, span.From, span.Until, CountedResult.First), new(figure, span.From, span.Until, CountedResult.First, street), new(figure, span.From, span.Until, CountedResult.First, Place: street) }).Select(EnterpriseLinks.Cases)]);
    }

    private static IEnumerable<BenchPage> For(string role, string user, OrgPath home, CaseFile known)
    {
        yield return new($"home_{role}", user, ["/"]);
        foreach (var scope in new[] { "open", "overdue", "mine", "all", "proactive", "proactive-all" }.Where(scope => scope != "mine" || role is "street" or "department"))
        {
            foreach (var sort in new[] { "due", "newest" })
            {
                foreach (var page in new[] { 1, 2, 50 })
                {
                    yield return new($"cases_{scope.Replace('-', '_')}_{sort}_page{page}_{role}", user, [$"/cases?scope={scope}&sort={sort}&page={page}"]);
                }

                yield return new($"cases_{scope.Replace('-', '_')}_{sort}_place_{role}", user, [$"/cases?scope={scope}&sort={sort}&street={Uri.EscapeDataString(home.Value)}"]);
            }

            yield return new(
                $"cases_{scope.Replace('-', '_')}_status_{role}", user,
                [.. Enum.GetValues<CaseStatus>().SelectMany(status => new[] { $"/cases?scope={scope}&status={status}&sort=due", $"/cases?scope={scope}&status={status}&sort=newest" })]);
        }

        foreach (var (name, search) in new[]
        {
            ("rare", known.Place), ("long", known.Title), ("frequent", "暖气"), ("one_sign", "水"), ("two_signs", "停电"), ("many_signs", "电梯经常停运"), ("mixed", "3号楼2单元"),
            ("number", known.Number), ("day", known.Number[..12]), ("source", known.SourceNumber ?? known.Number), ("figures", "0001"), ("several", "物业 垃圾"), ("nothing", "月球基地"),
        })
        {
            yield return new(
                $"search_{name}_{role}", user,
                [.. new[] { "open&sort=due", "all&sort=due", "all&sort=newest", "all&sort=newest&page=50", "overdue&sort=due" }.Select(rest => $"/cases?q={Uri.EscapeDataString(search)}&scope={rest}")]);
        }

        foreach (var (name, path) in new[]
        {
            ("whistles", "/whistles"), ("duties", "/duties"), ("duties_found", $"/duties?q={Uri.EscapeDataString("充电")}"), ("supervision", "/supervision"), ("supervision_late", "/supervision?scope=late"),
            ("supervision_all", "/supervision?scope=all"), ("supervision_all_page50", "/supervision?scope=all&page=50"), ("supervision_found", $"/supervision?scope=all&q={Uri.EscapeDataString("暖气")}"),
            ("reviews", "/reviews"), ("foreseen", "/foreseen"), ("notices", "/notices"), ("plans", "/plans"),
        })
        {
            if (name != "plans" || role is "centre" or "leader")
            {
                yield return new($"{name}_{role}", user, [path]);
            }
        }
    }

    private static IEnumerable<BenchPage> Own(string streetName, OrgPath street)
    {
        var (centre, leader, officer) = ($"{SeedAccounts.Prefix}dispatch", $"{SeedAccounts.Prefix}leader", SeedAccounts.Prefix + CodeOf(street));
        yield return new("dispatch", centre, ["/dispatch"]);
        yield return new("dispatch_record", centre, ["/dispatch/record"]);
        yield return new("imports", centre, ["/imports"]);
        yield return new("inbox", leader, ["/inbox"]);
        yield return new("inbox_street_lead", $"{officer}-lead", ["/inbox"]);
        yield return new("home_street_lead", $"{officer}-lead", ["/"]);
        yield return new("home_supervisor", $"{SeedAccounts.Prefix}supervisor", ["/"]);
        yield return new("home_archive", $"{SeedAccounts.Prefix}archive", ["/"]);
        yield return new("cases_archive", $"{SeedAccounts.Prefix}archive", ["/cases?scope=all&sort=newest", "/cases?scope=all&sort=due", "/cases?scope=all&sort=newest&page=50", $"/cases?scope=all&q={Uri.EscapeDataString(streetName[..2])}"]);
        yield return new("reported", officer, ["/report/mine"]);
        foreach (var user in new[] { ("centre", centre), ("street", officer) })
        {
            yield return new($"crowds_{user.Item1}", user.Item2, ["/crowds"]);
        }

        foreach (var book in Enum.GetValues<Web.Supervision.LedgerBook>())
        {
            yield return new($"ledger_{book.ToString().ToLowerInvariant()}", centre, [$"/supervision/ledger?book={book}", $"/supervision/ledger?book={book}&page=2"]);
        }
    }

    // A month in the middle of the year, and the one that runs.
    private static IEnumerable<BenchPage> Insight(OrgPath street, CaseFile known, DateOnly today)
    {
        var (centre, officer, first) = ($"{SeedAccounts.Prefix}dispatch", SeedAccounts.Prefix + CodeOf(street), new DateOnly(today.Year, today.Month, 1));
        foreach (var page in new[] { "", "/map", "/map?show=Solved", "/topics", "/flow", "/objections", "/monthly" })
        {
            foreach (var (role, user) in new[] { ("centre", centre), ("street", officer) })
            {
                var and = page.Contains('?', StringComparison.Ordinal) ? "&" : "?";
                yield return new($"insight{page.Replace("/", "_", StringComparison.Ordinal).Split('?')[0]}{(and == "&" ? "_rate" : "")}_{role}", user, [$"/insight{page}", $"/insight{page}{and}month={first.AddMonths(-6):yyyy-MM}"]);
            }
        }

        foreach (var measure in new[] { Measure.Raised, Measure.AnsweredLate, Measure.Valid, Measure.FirstSolved, Measure.TwiceNo, Measure.Dispatched, Measure.Closed, Measure.Whistled })
        {
            var (name, from) = ($"insight_cases_{measure.ToString().ToLowerInvariant()}", first.AddMonths(-5));
            yield return new(name, centre, [Cases(measure, from, null, null), $"{Cases(measure, from, null, null)}&page=50"]);
            yield return new($"{name}_place", centre, [Cases(measure, from, street.Value, null)]);
            yield return new($"{name}_category", centre, [Cases(measure, from, null, known.Category)]);
            yield return new($"{name}_street", officer, [Cases(measure, from, null, known.Category)]);
        }

        yield return new("insight_repeats", centre, ["/insight/repeats"]);
        yield return new("screen", $"{SeedAccounts.Prefix}leader", ["/screen"]);

        static string Cases(Measure measure, DateOnly from, string? place, string? category) =>
            Web.Components.Pages.Insight.InsightCasesPage.Link(measure, from, from.AddMonths(1), place, category);
    }

    private static IEnumerable<BenchPage> Assessed(OrgPath street, OrgPath department, IEnumerable<CaseFile> known, DateOnly today)
    {
        var (centre, supervisor, officer) = ($"{SeedAccounts.Prefix}dispatch", $"{SeedAccounts.Prefix}supervisor", SeedAccounts.Prefix + CodeOf(street));
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        yield return new("callbacks_centre", centre, ["/callbacks"]);
        yield return new("callbacks_plan", centre, ["/callbacks/plan"]);
        foreach (var (role, user) in new[] { ("centre", centre), ("supervisor", supervisor), ("street", officer) })
        {
            yield return new($"contests_{role}", user, ["/contests", "/contests?state=Upheld", "/contests?kind=Result&page=2", "/contests?page=5"]);
            yield return new($"mutual_{role}", user, [.. new[] { UnitKind.Street, UnitKind.Department, UnitKind.Enterprise }.Select(kind => $"/assessment/mutual?month={month}&kind={kind}")]);
        }

        yield return new(
            "mutual_whistles", supervisor,
            [.. Enum.GetValues<Web.Mutual.MutualFigure>().SelectMany(of => new[] { street, department }.Select(unit => $"/assessment/mutual/whistles?unit={Uri.EscapeDataString(unit.Value)}&month={month}&of={of}"))]);
        yield return new("firms", supervisor, [$"/firms?month={month}", $"/firms?month={month}&page=2"]);
        if (known.FirstOrDefault(file => file.SubjectKey is not null) is { SubjectKey: { } firm })
        {
            yield return new("firm_cases", supervisor, [.. Enum.GetValues<Web.Firms.FirmFigure>().Select(of => $"/firms/cases?firm={Uri.EscapeDataString(firm)}&month={month}&of={of}")]);
        }
    }

    private static OrgPath Busiest(IEnumerable<CaseFile> cases, UnitKind kind) =>
        cases.Where(file => file.FirstReceiver is { } lead && lead.Kind == kind).GroupBy(file => file.FirstReceiver!.Value).OrderByDescending(unit => unit.Count()).ThenBy(unit => unit.Key.Value, StringComparer.Ordinal).First().Key;

    private static string CodeOf(OrgPath unit) => SeedAccounts.CodeOf(unit);
}
