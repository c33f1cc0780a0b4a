using System.Diagnostics;
using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Bench;

/// <summary>What a tick of the clock costs among many open cases and whistles: it reads what is due and nothing else.</summary>
internal static class ClockBench
{
    private const double Limit = 100;
    private const int Chunk = 2_000, Ticks = 50;

    public static async Task<int> RunAsync(string[] args)
    {
        var open = args is ["--cases", var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 100_000;
        var figures = new Figures();
        await using var portal = new PortalFixture();
        var clock = portal.Get<PortalClock>();

        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < open; first += Chunk)
        {
            await FillAsync(portal, first, Math.Min(Chunk, open - first));
        }

        Figures.Say($"{open} open cases dispatched over 24 hours, each with its plan, put away in {Passed(started) / 1000:0.0} s");
        started = Stopwatch.GetTimestamp();
        var blown = open / 20;
        for (var first = 0; first < blown; first += Chunk)
        {
            await BlowAsync(portal, first, Math.Min(Chunk, blown - first), blown);
        }

        Figures.Say($"{blown} emergency whistles blown over the same 24 hours, of which one unit stays silent, put away in {Passed(started) / 1000:0.0} s");

        // Two hours after the first dispatches their first node passes; from then on some 12 a 10 seconds, and some 4 steps of whistles.
        portal.Clock.Advance(TimeSpan.FromHours(2));
        await clock.TickAsync();
        var (reads, ticks, due, late) = (new List<double>(), new List<double>(), 0, 0);
        for (var tick = 0; tick < Ticks; tick++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(10));
            started = Stopwatch.GetTimestamp();
            due += (await clock.ReadCasesAsync(portal.Clock.GetUtcNow(), default)).Count;
            late += (await clock.ReadWhistlesAsync(portal.Clock.GetUtcNow(), default)).Count;
            reads.Add(Passed(started));
            started = Stopwatch.GetTimestamp();
            await clock.TickAsync();
            ticks.Add(Passed(started));
        }

        Figures.Say($"{Ticks} ticks, one every 10 s, {due / (double)Ticks:0.0} cases and {late / (double)Ticks:0.0} whistles due in each: read p95 {P95(reads):0.0} ms, read and written down p95 {P95(ticks):0.0} ms (limit {Limit} ms)");
        figures.Add("open", open);
        figures.Add("whistles", blown);
        figures.Add("due", due / (double)Ticks);
        figures.Add("due_whistles", late / (double)Ticks);
        figures.Add("read_ms", P95(reads));
        figures.Add("tick_ms", P95(ticks));
        figures.Add("limit_ms", Limit);
        figures.Print();
        return P95(ticks) < Limit ? 0 : 1;
    }

    private static async Task FillAsync(PortalFixture portal, int first, int count)
    {
        var plan = Rules.LimitOf(CaseLevel.Ordinary);
        var cases = Enumerable.Range(first, count).Select(no =>
        {
            var at = Morning.AddSeconds(no * 86_400.0 / 100_000);
            var due = at.AddDays(7);
            var (file, _) = CaseFile.Register(Guid.CreateVersion7(at), $"117-20260302-{no:000000}", Garage with { SourceNumber = null }, Dispatcher, at);
            file!.Dispatch(new DispatchOrder(Mafang, [], due, plan.Basis, Schedule: plan.Begin(null, 0, at, due, Rules.Calendar)), Rules.Calendar, Dispatcher, at);
            return (file, Petitioner.Anonymous);
        }).ToList();

        await using var db = await portal.OpenDatabaseAsync();
        await portal.Get<CaseDesk>().RegisterManyAsync(db, cases, () => Task.CompletedTask);
    }

    private static async Task BlowAsync(PortalFixture portal, int first, int count, int all)
    {
        var whistles = Enumerable.Range(first, count).Select(no =>
        {
            var at = Morning.AddSeconds(no * 86_400.0 / all);
            var (whistle, _) = Whistle.Draft(Guid.CreateVersion7(at), $"哨117-20260302-{no:000000}", null, Brief with { Kind = WhistleKind.Emergency }, Street, at);
            whistle!.SoundAtOnce(Rules, Street, at);
            whistle.ReportIn(ReportMode.OnSite, null, null, Energy, at);
            return whistle;
        }).ToList();

        await using var db = await portal.OpenDatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertManyAsync(whistles);
        await db.InsertManyAsync([.. whistles.SelectMany(whistle => whistle.Unsaved)]);
        await transaction.CommitAsync();
    }

    private static double Passed(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds;

    private static double P95(List<double> times) => times.Order().ElementAt(times.Count * 95 / 100);
}
