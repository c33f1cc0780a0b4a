using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Orders that people and rules give: who sees them, who is told, and that a rule gives its order once.</summary>
public sealed class SupervisionDeskTests : IAsyncLifetime
{
    private readonly NoticePortal _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SupervisionDesk Desk => _portal.Get<SupervisionDesk>();

    private DateTimeOffset Now => _portal.Clock.GetUtcNow();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task AnOrderByHand_IsAnsweredReturnedAndSettled_AndEverybodyIsTold()
    {
        var (id, outcome) = await Desk.IssueAsync(Terms(await _portal.StartAsync()), Supervisor);
        Assert.Null(outcome.Refusal);
        await DoAsync(id, Street, order => order.Answer("周五开工", null, Street, Now));
        await DoAsync(id, Supervisor, order => order.Return("没有完成时间", Now.AddDays(2), Supervisor, Now));
        await DoAsync(id, StreetHead, order => order.Answer("4月3日完成", null, StreetHead, Now));
        await DoAsync(id, Supervisor, order => order.Settle("属实", Supervisor, Now));

        var settled = (await Desk.FindAsync(id, Street, Stop))!;
        Assert.Matches("^督117-20260302-\\d{3}$", settled.Number);
        Assert.Equal((SupervisionState.Settled, SubjectKind.Case), (settled.State, settled.SubjectKind));
        Assert.Equal([NoticeKind.OrderReceived, NoticeKind.OrderReturned, NoticeKind.OrderEnded], await KindsAsync(Street));
        Assert.Equal([NoticeKind.OrderReceived, NoticeKind.OrderReturned], await KindsAsync(StreetHead));
        Assert.Equal([NoticeKind.OrderAnswered, NoticeKind.OrderAnswered], await KindsAsync(Supervisor));
        Assert.Empty(await KindsAsync(DistrictLeader));
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task AnInvestigation_IsToldToTheDistrictsLeader()
    {
        await Desk.IssueAsync(Terms(await _portal.StartAsync()) with { Kind = SupervisionKind.Investigate }, Supervisor);

        Assert.Equal([NoticeKind.OrderCopied], await KindsAsync(DistrictLeader));
    }

    [Fact]
    public async Task AnOrder_IsSeenByItsUnitAndTheDistrict_AndIsGivenOnlyToAUnitWithAPart()
    {
        var file = await _portal.StartAsync();
        var (id, _) = await Desk.IssueAsync(Terms(file), Supervisor);

        Assert.NotNull(await Desk.FindAsync(id, Street, Stop));
        Assert.NotNull(await Desk.FindAsync(id, Dispatcher, Stop));
        foreach (var other in new[] { OtherStreet, Energy, Village, Archivist, Administrator })
        {
            Assert.Null(await Desk.FindAsync(id, other, Stop));
            Assert.Equal("unknown", (await Desk.DoAsync(id, other, order => order.Answer("已办", null, other, Now))).Refusal?.Code);
        }

        Assert.Equal("supervision.no-part", (await Desk.IssueAsync(Terms(file) with { Unit = Binhe }, Supervisor)).Outcome.Refusal?.Code);
        Assert.Equal("unknown", (await Desk.IssueAsync(Terms(file) with { Kind = SupervisionKind.Remind, Unit = Binhe.Child("110117001001") }, OtherStreet)).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task OfA举报_TheReportedUnitHearsNothing()
    {
        var file = await _portal.DispatchAsync(demand: Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice });
        var (id, outcome) = await Desk.IssueAsync(Terms(file), Supervisor);
        Assert.Null(outcome.Refusal);

        Assert.Null(await Desk.FindAsync(id, Energy, Stop));
        Assert.All((await _portal.NoticesOfAsync(Street)).Where(notice => notice.Kind == NoticeKind.OrderReceived), notice => Assert.True(notice.StaysInside));
        Assert.Equal("supervision.no-part", (await Desk.IssueAsync(Terms(file) with { Unit = EnergyOffice }, Supervisor)).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task OfA举报AboutTheSupervisorsOwnOffice_HeSeesNothing_AndTheLeaderDoes()
    {
        var file = await _portal.DispatchAsync(demand: Garage with { Nature = Nature.Report, ReportedUnit = Supervisor.Unit });
        var (id, outcome) = await Desk.IssueAsync(Terms(file), DistrictLeader);
        Assert.Null(outcome.Refusal);

        Assert.Null(await Desk.FindAsync(id, Supervisor, Stop));
        Assert.NotNull(await Desk.FindAsync(id, DistrictLeader, Stop));
    }

    [Fact]
    public async Task ACaseThatTurnsOutA举报_TakesItsOrdersFromTheReportedUnit()
    {
        var file = await _portal.DispatchAsync(demand: Order);
        var (id, _) = await Desk.IssueAsync(Terms(file), Supervisor);
        Assert.NotNull(await Desk.FindAsync(id, Street, Stop));

        var told = new Dictionary<string, string> { ["工单性质"] = "举报" };
        await _portal.DoAsync(file, Dispatcher, stored => stored.FollowSource(told, null, Hotline, Now, isReport: true, Mafang));

        Assert.Null(await Desk.FindAsync(id, Street, Stop));
        Assert.Equal("unknown", (await Desk.DoAsync(id, Street, order => order.Answer("已办", null, Street, Now))).Refusal?.Code);
        var order = (await Desk.FindAsync(id, Supervisor, Stop))!;
        Assert.Equal((SupervisionState.Withdrawn, Mafang), (order.State, order.ReportedUnit));
    }

    [Fact]
    public async Task WhoHasWithdrawnFromTheCase_StaysOutOfItsOrders()
    {
        var file = await _portal.StartAsync();
        var (id, _) = await Desk.IssueAsync(Terms(file), Supervisor);
        await _portal.DoAsync(file, Street, seen => seen.Withdraw("亲属", Street, Now));

        Assert.Equal("case.withdrawn", (await Desk.DoAsync(id, Street, order => order.Answer("已办", null, Street, Now))).Refusal?.Code);
    }

    [Fact]
    public async Task TheSameForm_GivesOneOrder()
    {
        var form = Supervisor with { Form = Guid.CreateVersion7() };
        var file = await _portal.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Desk.IssueAsync(Terms(file), form)));

        Assert.Single(await _portal.Get<SupervisionList>().OfAsync(file, Supervisor, Stop));
    }

    [Fact]
    public async Task TheLadder_GivesOneOrderAStep_AndTheHigherTakesThePlaceOfTheLower()
    {
        var id = await DispatchAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(3.1));
        await Clock.TickAsync(Stop);
        var supervise = Assert.Single(await OrdersAsync(id));
        Assert.Equal((SupervisionKind.Supervise, SupervisionState.Issued, Mafang, OrgPath.Portal), (supervise.Kind, supervise.State, supervise.Unit, supervise.IssuedFrom));
        Assert.Equal("四快工作法：第3日督办", supervise.Basis);
        Assert.StartsWith("时限方案“一般诉求 7日”：", supervise.Rule, StringComparison.Ordinal);

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await Clock.TickAsync(Stop);
        await Clock.TickAsync(Stop);

        Assert.Equal([(SupervisionKind.Supervise, SupervisionState.Withdrawn), (SupervisionKind.Investigate, SupervisionState.Issued)], (await OrdersAsync(id)).Select(order => (order.Kind, order.State)));
        Assert.Contains(NoticeKind.OrderReceived, await KindsAsync(Street));
        Assert.Contains(NoticeKind.OrderCopied, await KindsAsync(DistrictLeader));
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task AfterATimeAway_OneOrderIsGiven_TheHighest()
    {
        var id = await DispatchAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(30));

        await Clock.TickAsync(Stop);

        Assert.Equal([SupervisionKind.Investigate], (await OrdersAsync(id)).Select(order => order.Kind));
    }

    [Fact]
    public async Task TwoNodesOnOneDatabase_GiveARulesOrderOnce()
    {
        var ids = new List<Guid>();
        for (var no = 0; no < 6; no++)
        {
            ids.Add(await DispatchAsync());
        }

        _portal.Clock.Advance(TimeSpan.FromDays(3.5));
        var other = new PortalClock(
            Factory,
            new CaseDesk(Factory, _portal.Get<Feed>(), _portal.Get<Numbers>(), _portal.Get<PetitionerVault>(), _portal.Get<SafetyWords>(), _portal.Get<TriageBook>(), _portal.Get<RuledOrders>(), Rules, _portal.Clock),
            _portal.Get<WhistleDesk>(), _portal.Get<ForeseenDesk>(), new SupervisionDesk(Factory, _portal.Get<Feed>(), _portal.Get<Numbers>(), _portal.Clock), _portal.Get<PlanBook>(), _portal.Clock,
            _portal.Get<IOptions<ClockOptions>>(), NullLogger<PortalClock>.Instance);

        await Task.WhenAll(Task.Run(() => Clock.TickAsync(Stop), Stop), Task.Run(() => other.TickAsync(Stop), Stop));
        foreach (var id in ids)
        {
            Assert.Single(await OrdersAsync(id));
        }

        _portal.Clock.Advance(TimeSpan.FromDays(10));
        await Task.WhenAll(Task.Run(() => Clock.TickAsync(Stop), Stop), Task.Run(() => other.TickAsync(Stop), Stop));
        foreach (var id in ids)
        {
            Assert.Equal(2, (await OrdersAsync(id)).Count);
        }

        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task WhatGoesToAnotherUnit_AsksTheOldOneNothingAnyMore()
    {
        var id = await DispatchAsync();
        await _portal.DoAsync(id, Street, file => file.ObjectToDispatch("不在职责内", "《清单》", EnergyOffice, Rules, Street, Now));
        _portal.Clock.Advance(TimeSpan.FromDays(3.1));
        await Clock.TickAsync(Stop);
        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(Street, Stop), group => group.Name == "督办任务待回复");

        await _portal.DoAsync(id, Supervisor, file => file.ReviewObjection(true, "成立", Supervisor, Now));

        Assert.Equal([SupervisionState.Withdrawn], (await OrdersAsync(id)).Select(order => order.State));
        Assert.DoesNotContain(await _portal.Get<Waiting>().ReadAsync(Street, Stop), group => group.Name == "督办任务待回复");
    }

    [Fact]
    public async Task AnAnswerThatIsLate_IsWrittenDownOnce_AndTold()
    {
        var (id, _) = await Desk.IssueAsync(Terms(await _portal.StartAsync()), Supervisor);
        _portal.Clock.Advance(TimeSpan.FromDays(3));

        await Clock.TickAsync(Stop);
        await Clock.TickAsync(Stop);

        Assert.Single(await _portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop), entry => entry.Event is SupervisionLapsed);
        Assert.Contains(NoticeKind.OrderLate, await KindsAsync(Street));
        Assert.Contains(NoticeKind.OrderLate, await KindsAsync(Supervisor));
        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(Supervisor, Stop), group => group.Name == "督办逾期未回复");
        Assert.Equal(1, (await _portal.Get<SupervisionList>().ReadAsync(Supervisor, new SupervisionFilter(SupervisionFilter.Late), Stop)).Total);
    }

    private OrderTerms Terms(Guid file) => Overdue with { DueAt = Now.AddDays(2), Subject = new OrderSubject(SubjectKind.Case, file) };

    private PortalClock Clock => _portal.Get<PortalClock>();

    private IDbContextFactory<PortalDbContext> Factory => _portal.Get<IDbContextFactory<PortalDbContext>>();

    private async Task<Guid> DispatchAsync()
    {
        var id = await _portal.RegisterAsync();
        var file = (await _portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;
        await _portal.DoAsync(id, Dispatcher, waiting => waiting.Dispatch(_portal.Get<Orders>().For(file, Mafang, null), Rules.Calendar, Dispatcher, Now));
        return id;
    }

    private async Task DoAsync(Guid id, Actor by, Func<SupervisionOrder, JieSuJiBan.Domain.Outcome> decide) => Assert.Null((await Desk.DoAsync(id, by, decide)).Refusal);

    private async Task<List<SupervisionOrder>> OrdersAsync(Guid subject)
    {
        await using var db = await _portal.OpenDatabaseAsync();
        return await db.SupervisionOrders.AsNoTracking().Where(order => order.SubjectId == subject).OrderBy(order => order.Id).ToListAsync(Stop);
    }

    private async Task<List<NoticeKind>> KindsAsync(Actor person) => [.. (await _portal.NoticesOfAsync(person)).Select(notice => notice.Kind).Where(kind => kind.ToString().StartsWith("Order", StringComparison.Ordinal)).Order()];
}
