using System.Diagnostics;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Bench;

/// <summary>How long it takes to ask a duty list of 11,000 entries, and to get one in.</summary>
internal static class DutyBench
{
    private const int Entries = 11_000, Questions = 2_000, Pages = 100;
    private const double Limit = 50;

    private static readonly string[] s_said =
    [
        "水", "狗", "停水", "暖气", "物业", "停车", "暖气不热", "地下车库没有充电桩", "消防法", "区城管委", "占道经营 烧烤", "小区门口乱停车堵住消防通道",
        "我家暖气一点都不热，老人冻得受不了，打了好几次电话都没有人来，什么时候能修好", "村口的路被大货车压坏了，下雨天全是坑，孩子上学摔了两次，希望尽快修补",
    ];

    public static async Task<int> RunAsync()
    {
        var figures = new Figures();
        await using var portal = new PortalFixture();
        var (book, import) = (portal.Get<DutyBook>(), portal.Get<DutyImport>());

        // The default list, over and over, each time in another part of the district, until there are enough.
        var terms = Enumerable.Range(0, int.MaxValue)
            .SelectMany(part => DefaultDuties.For(District, Rules).Select(terms => part == 0 ? terms : terms with { Matter = $"{terms.Matter}（{part}片区）" }))
            .Where(terms => terms.Matter.Length <= DutyTerms.MaxName)
            .Take(Entries);
        var path = await portal.WriteDutiesAsync(terms);

        var started = Stopwatch.GetTimestamp();
        var (plan, _) = import.Plan(path, Dispatcher);
        Figures.Say($"a sheet of {plan!.Rows.Count} rows read and compared: {Passed(started):0} ms");
        figures.Add("import_preview_ms", Passed(started));

        started = Stopwatch.GetTimestamp();
        var outcome = await portal.Get<DutyDesk>().ImportAsync(plan, "测量", Dispatcher);
        Figures.Say($"imported in one transaction, with their logs: {Passed(started):0} ms");
        figures.Add("import_ms", Passed(started));
        if (outcome.Refusal is { } refusal)
        {
            Figures.Say($"refused: {refusal.Code}");
            return 1;
        }

        await AdmitAsync(portal);
        started = Stopwatch.GetTimestamp();
        await new DutyBook(portal.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Web.Data.PortalDbContext>>(), portal.Get<Web.Organisation.UnitBook>(), Rules).LoadAsync();
        Figures.Say($"the book loaded, as at a start: {Passed(started):0} ms");
        figures.Add("load_ms", Passed(started));

        var (searches, lists, found) = (new List<double>(), new List<double>(), 0);
        for (var question = -s_said.Length; question < Questions; question++)
        {
            var said = s_said[(question + s_said.Length) % s_said.Length];
            started = Stopwatch.GetTimestamp();
            found += book.Search(District, said, 10).Count;
            var search = Passed(started);
            started = Stopwatch.GetTimestamp();
            found += book.Page(District, new DutyFilter(said)).Lines.Count;
            if (question >= 0)
            {
                searches.Add(search);
                lists.Add(Passed(started));
            }
        }

        using var client = portal.CreateClientFor(Street);
        var pages = new List<double>();
        for (var page = -5; page < Pages; page++)
        {
            started = Stopwatch.GetTimestamp();
            await client.GetStringAsync(new Uri($"/duties?q={Uri.EscapeDataString(s_said[(page + 5) % s_said.Length])}", UriKind.Relative));
            if (page >= 0)
            {
                pages.Add(Passed(started));
            }
        }

        Figures.Say($"{Questions} questions among {book.All(District, new DutyFilter(State: DutyState.InForce)).Count} entries in force, {found / (2.0 * Questions):0.0} answers each: {Figures.Spread(searches)}; limit {Limit:0} ms");
        Figures.Say($"the same as a page of the list: {Figures.Spread(lists)}; limit {Limit:0} ms");
        Figures.Say($"the whole page over HTTP: {Figures.Spread(pages)}");
        figures.Add("search_p50_ms", Figures.Percentile(searches, 50));
        figures.Add("search_p95_ms", Figures.Percentile(searches, 95));
        figures.Add("list_p95_ms", Figures.Percentile(lists, 95));
        figures.Add("page_p95_ms", Figures.Percentile(pages, 95));
        figures.Add("limit_ms", Limit);
        figures.Print();
        return Figures.Percentile(searches, 95) < Limit ? 0 : 1;
    }

    private static async Task AdmitAsync(PortalFixture portal)
    {
        foreach (var request in await portal.Get<DutyDesk>().ReadWaitingAsync(DistrictLeader))
        {
            await portal.Get<DutyDesk>().JudgeBatchAsync(request.Batch!.Value, true, "测量", DistrictLeader.Fresh(portal.Clock.GetUtcNow()));
        }
    }

    private static double Passed(long started) => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
}
