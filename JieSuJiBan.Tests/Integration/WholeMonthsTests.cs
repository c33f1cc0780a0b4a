using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Log;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>
/// Whole months walked two hours at a time: over the Spring Festival and the National Day with their make-up days, with the server there all
/// the time or away for a week. What falls due is written down once, in the order in which it fell due, at the first tick of
/// the server after that.
/// </summary>
public sealed class WholeMonthsTests : IAsyncLifetime
{
    // The server looks so often; a tick is cheap, and a month has many.
    private static readonly TimeSpan s_tick = TimeSpan.FromHours(2);

    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    // Friday the 13th of February 2026, 16:00. Saturday the 14th is worked, the 15th to the 23rd are the festival, Saturday the 28th is worked.
    [Theory]
    [InlineData(null), InlineData("2026-02-24T12:00")]
    public async Task OverTheSpringFestival(string? downFrom)
    {
        Set("2026-02-13T16:00");
        await PlanInWorkingDaysAsync();
        var whistle = await BlowAsync(WhistleKind.Routine);
        var file = await DispatchAsync();

        await WalkAsync("2026-03-10T00:00", downFrom);

        await AssertAsync(
            whistle, downFrom,
            [
                ("gd response-lapsed", "2026-02-14T16:00"), ("gd Urge", "2026-02-14T16:10"), ("gd Supervise", "2026-02-24T16:00"),
                ("cgw arrival-lapsed", "2026-02-25T16:00"), ("gd arrival-lapsed", "2026-02-25T16:00"), ("gd late-reported", "2026-02-25T16:00"),
                ("cgw Urge", "2026-02-25T16:10"), ("cgw Supervise", "2026-02-26T16:00"), ("gd leader-asked", "2026-02-26T16:00"),
                ("cgw late-reported", "2026-02-27T16:00"), ("cgw leader-asked", "2026-02-28T16:00"),
            ]);
        await AssertAsync(
            file, downFrom,
            [
                ("Accept", "2026-02-13T18:00"), ("Contact", "2026-02-14T16:00"), ("Remind", "2026-02-24T16:00"), ("Plan", "2026-02-25T16:00"),
                ("Supervise", "2026-02-25T16:00"), ("Investigate", "2026-02-26T16:00"), ("limit", "2026-02-27T16:00"),
            ]);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    // Wednesday the 30th of September 2026, 16:00. The 1st to the 7th of October are free, Saturday the 10th is worked.
    [Theory]
    [InlineData(null), InlineData("2026-10-02T00:00")]
    public async Task OverTheNationalDay(string? downFrom)
    {
        Set("2026-09-30T16:00");
        var hard = await BlowAsync(WhistleKind.Hard);
        var file = await DispatchAsync();

        await WalkAsync("2026-10-01T22:00", null);
        var emergency = await BlowAsync(WhistleKind.Emergency);
        await WalkAsync("2026-10-31T00:00", downFrom);

        await AssertAsync(
            hard, downFrom,
            [
                ("gd response-lapsed", "2026-10-08T11:00"), ("gd Urge", "2026-10-08T11:10"), ("gd Supervise", "2026-10-08T16:00"), ("gd late-reported", "2026-10-09T11:00"),
                ("cgw arrival-lapsed", "2026-10-09T16:00"), ("gd arrival-lapsed", "2026-10-09T16:00"), ("cgw Urge", "2026-10-09T16:10"), ("cgw Supervise", "2026-10-10T11:00"),
                ("gd leader-asked", "2026-10-10T11:00"), ("cgw late-reported", "2026-10-10T16:00"), ("cgw leader-asked", "2026-10-12T16:00"),
            ]);
        await AssertAsync(
            emergency, downFrom,
            [
                ("gd response-lapsed", "2026-10-01T22:10"), ("gd Urge", "2026-10-01T22:11"), ("gd Supervise", "2026-10-01T22:15"), ("gd late-reported", "2026-10-01T22:20"),
                ("cgw arrival-lapsed", "2026-10-01T22:30"), ("gd arrival-lapsed", "2026-10-01T22:30"), ("gd leader-asked", "2026-10-01T22:30"),
                ("cgw Urge", "2026-10-01T22:31"), ("cgw Supervise", "2026-10-01T22:35"), ("cgw late-reported", "2026-10-01T22:40"), ("cgw leader-asked", "2026-10-01T22:50"),
            ]);
        await AssertAsync(
            file, downFrom,
            [
                ("Accept", "2026-09-30T18:00"), ("Contact", "2026-10-01T16:00"), ("Remind", "2026-10-02T16:00"), ("Plan", "2026-10-03T16:00"), ("Supervise", "2026-10-03T16:00"),
                ("Investigate", "2026-10-04T16:00"), ("Result", "2026-10-05T16:00"), ("limit", "2026-10-07T16:00"),
            ]);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    private static DateTimeOffset Beijing(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), WorkCalendar.Beijing);

    private void Set(string local) => _portal.Clock.Set(Beijing(local));

    // But for a week without a server.
    private async Task WalkAsync(string until, string? downFrom)
    {
        while (_portal.Clock.GetUtcNow() < Beijing(until))
        {
            _portal.Clock.Advance(s_tick);
            if (downFrom is null || _portal.Clock.GetUtcNow() < Beijing(downFrom) || _portal.Clock.GetUtcNow() >= Beijing(downFrom).AddDays(7))
            {
                await _portal.Get<PortalClock>().TickAsync(Stop);
            }
        }
    }

    private async Task AssertAsync(Guid stream, string? downFrom, (string What, string Due)[] expected)
    {
        var rung = (await _portal.Get<LogBook>().ReadAfterAsync(stream, 0, 1000, Stop))
            .Where(entry => entry.By.UserId == Actor.Clock.UserId && entry.Event is not (DecisionNear or DecisionLapsed)).ToList();

        Assert.Equal(expected.Select(one => one.What), rung.Select(Name));
        Assert.All(rung.Zip(expected), pair => Assert.Equal(WrittenAt(Beijing(pair.Second.Due), downFrom), pair.First.At));
        Assert.All(rung.Zip(expected).Where(pair => DueIn(pair.First.Event) is not null), pair => Assert.Equal(Beijing(pair.Second.Due), DueIn(pair.First.Event)));
    }

    private static DateTimeOffset WrittenAt(DateTimeOffset due, string? downFrom)
    {
        var next = new DateTimeOffset((due.UtcTicks + s_tick.Ticks - 1) / s_tick.Ticks * s_tick.Ticks, TimeSpan.Zero);
        return downFrom is not null && next >= Beijing(downFrom) && next < Beijing(downFrom).AddDays(7) ? Beijing(downFrom).AddDays(7) : next;
    }

    private static DateTimeOffset? DueIn(LogEvent happened) => happened switch
    {
        ResponseLapsed e => e.RespondBy,
        ArrivalLapsed e => e.ArriveBy,
        UnitUrged e => e.DueAt,
        NodeLapsed e => e.DueAt,
        CaseUrged e => e.DueAt,
        LimitReached e => e.DueAt,
        _ => null,
    };

    private static string Name(LogEntry entry)
    {
        static string Last(OrgPath? unit) => unit!.Value.Value.TrimEnd('/').Split('.')[^1];
        return entry.Event switch
        {
            UnitUrged e => $"{Last(e.Unit)} {e.Step}",
            ResponseLapsed e => $"{Last(e.Unit)} response-lapsed",
            ArrivalLapsed e => $"{Last(e.Unit)} arrival-lapsed",
            LateReported e => $"{Last(e.Unit)} late-reported",
            LeaderAsked e => $"{Last(e.Question.Unit)} leader-asked",
            NodeLapsed e => $"{e.Node}",
            CaseUrged e => $"{e.Kind}",
            LimitReached => "limit",
            _ => entry.Type,
        };
    }

    // The energy office says that it will come and does not; the power company says nothing.
    private async Task<Guid> BlowAsync(WhistleKind kind)
    {
        var whistle = await _portal.SoundAsync(brief: Brief with { Kind = kind });
        await _portal.InRoomAsync(whistle, Energy, room => room.Respond(null, null, Energy, _portal.Clock.GetUtcNow()));
        return whistle;
    }

    private async Task<Guid> DispatchAsync()
    {
        var id = await _portal.RegisterAsync();
        await _portal.DoAsync(id, Dispatcher, file => file.Dispatch(_portal.Get<Orders>().For(file, Mafang, null), Rules.Calendar, Dispatcher, _portal.Clock.GetUtcNow()));
        return id;
    }

    private async Task PlanInWorkingDaysAsync()
    {
        static PlanNode Node(NodeKind kind, int days) => new(kind, new TimeLimit(days, LimitUnit.WorkingDays), "本区要求");
        static PlanUrge Urge(UrgeKind kind, int days) => new(kind, new TimeLimit(days, LimitUnit.WorkingDays), "本区要求");
        var terms = Rules.LimitOf(CaseLevel.Ordinary) with
        {
            Name = "一般诉求 5个工作日",
            Limit = new TimeLimit(5, LimitUnit.WorkingDays),
            Nodes = [new PlanNode(NodeKind.Accept, new TimeLimit(2, LimitUnit.Hours), "本区要求"), Node(NodeKind.Contact, 1), Node(NodeKind.Plan, 3)],
            Ladder = [Urge(UrgeKind.Remind, 2), Urge(UrgeKind.Supervise, 3), Urge(UrgeKind.Investigate, 4)],
        };
        Assert.Null((await _portal.Get<PlanDesk>().BeginAsync(terms, "试行", Dispatcher)).Outcome.Refusal);
    }
}
