using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The clock of the portal: plans as data, what falls due written down once, and caught up with after a time away.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task AWeekWithoutTheServer_IsCaughtUpInOrder_AndOnlyOnce()
    {
        var id = await DispatchAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(8));

        await Clock.TickAsync(Stop);
        await Clock.TickAsync(Stop);

        var rung = (await ReadAsync(id)).Where(entry => entry.By.UserId == Actor.Clock.UserId).Select(entry => entry.Event).ToList();
        Assert.Equal(8, rung.Count);
        Assert.Equal(rung.OfType<CaseUrged>().Select(urged => urged.Kind), [UrgeKind.Remind, UrgeKind.Supervise, UrgeKind.Investigate]);
        Assert.IsType<LimitReached>(rung[^1]);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TwoNodesOnOneDatabase_FireARuleOnce()
    {
        var ids = new List<Guid>();
        for (var no = 0; no < 10; no++)
        {
            ids.Add(await DispatchAsync());
        }

        _portal.Clock.Advance(TimeSpan.FromDays(5.5));
        var other = new PortalClock(Factory, OtherCases(), _portal.Get<WhistleDesk>(), _portal.Get<ForeseenDesk>(), _portal.Get<SupervisionDesk>(), _portal.Get<PlanBook>(), _portal.Clock, _portal.Get<IOptions<ClockOptions>>(), NullLogger<PortalClock>.Instance);

        await Task.WhenAll(Task.Run(() => Clock.TickAsync(Stop), Stop), Task.Run(() => other.TickAsync(Stop), Stop), Task.Run(() => Clock.TickAsync(Stop), Stop));

        foreach (var id in ids)
        {
            var rung = (await ReadAsync(id)).Where(entry => entry.By.UserId == Actor.Clock.UserId).Select(entry => entry.Type + (entry.Event is NodeLapsed node ? node.Node : entry.Event is CaseUrged urged ? urged.Kind : null)).ToList();
            Assert.Equal(7, rung.Count);
            Assert.Equal(rung.Count, rung.Distinct().Count());
        }
    }

    [Fact]
    public async Task TwoHostsOnOneDatabase_PressALateUnitOnce()
    {
        var whistles = new List<Guid>();
        for (var no = 0; no < 5; no++)
        {
            whistles.Add(await _portal.SoundAsync());
        }

        _portal.Clock.Advance(TimeSpan.FromDays(20));
        await using var second = new SecondNode(_portal);

        await Task.WhenAll(new[] { _portal, second, _portal, second }.Select(host => Task.Run(() => host.Get<PortalClock>().TickAsync(Stop), Stop)));

        foreach (var id in whistles)
        {
            var rung = (await ReadAsync(id)).Where(entry => entry.By.UserId == Actor.Clock.UserId).ToList();
            Assert.Equal(12, rung.Count(entry => entry.Event is not (DecisionNear or DecisionLapsed)));
            Assert.Equal(rung.Count, rung.Select(entry => entry.Body + entry.Type).Distinct().Count());

            await using var db = await _portal.OpenDatabaseAsync();
            Assert.Equal([EnergyOffice, PowerCompany], await db.SupervisionOrders.Where(order => order.SubjectId == id).Select(order => order.Unit).OrderBy(unit => unit).ToListAsync(Stop));
        }

        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task AUnitThatWasReported_AnswersToTheDistrict_UntilTheWhistleIsOver()
    {
        var whistle = await _portal.SoundAsync();
        await _portal.InRoomAsync(whistle, Energy, room => room.ReportIn(ReportMode.OnSite, null, null, Energy, _portal.Clock.GetUtcNow()));
        _portal.Clock.Advance(TimeSpan.FromDays(1.5));
        await Clock.TickAsync(Stop);

        await using var db = await _portal.OpenDatabaseAsync();
        var order = await db.SupervisionOrders.SingleAsync(order => order.SubjectId == whistle, Stop);
        Assert.Equal((PowerCompany, SupervisionKind.Supervise, true), (order.Unit, order.Kind, order.IsByRule));
        Assert.Contains("第四十四条", order.Basis, StringComparison.Ordinal);

        await _portal.InRoomAsync(whistle, Street, room => room.Recall("已自行解决", Street, _portal.Clock.GetUtcNow()));
        await db.Entry(order).ReloadAsync(Stop);
        Assert.Equal(SupervisionState.Settled, order.State);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task AWhistle_IsBlownByTheDistrictsPlan_AndKeepsIt()
    {
        var plans = _portal.Get<PlanDesk>();
        var terms = Rules.PlanOf(WhistleKind.Hard).Terms with { Respond = new BasedLimit(new TimeLimit(1, LimitUnit.Hours), "本区要求") };
        var (plan, outcome) = await plans.BeginAsync(terms, "提速", Dispatcher);
        Assert.Null(outcome.Refusal);
        Assert.Equal("plan.taken", (await plans.BeginAsync(terms, "重复", Dispatcher)).Outcome.Refusal?.Code);
        Assert.Equal("plan.another", (await plans.SetAsync(plan, terms with { Kind = WhistleKind.Routine }, "改成别的", Dispatcher)).Refusal?.Code);

        var head = StreetHead.Fresh(_portal.Clock.GetUtcNow());
        var whistle = await _portal.DraftAsync();
        await _portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, _portal.Clock.GetUtcNow()));
        await _portal.InRoomAsync(whistle, head, room => room.Sign("同意。", _portal.Get<PlanBook>().RulesOf(District), head, _portal.Clock.GetUtcNow()));
        Assert.Null((await plans.EndAsync(plan, "试行结束", Dispatcher)).Refusal);

        var blown = await _portal.Get<WhistleDesk>().FindAsync(whistle, Street, Stop);
        Assert.Equal((plan, 1, _portal.Clock.GetUtcNow().AddHours(1)), (blown!.Plan!.Id, blown.Plan.Version, blown.UnitOf(PowerCompany)!.RespondBy!.Value));
        Assert.Equal(4, _portal.Get<PlanBook>().RulesOf(District).PlanOf(WhistleKind.Hard).Terms.Respond.After.Count);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        var book = new PlanBook(Factory, Rules);
        await book.LoadAsync(Stop);
        Assert.Null(book.RulesOf(District).PlanOf(WhistleKind.Hard).Id);
    }

    [Fact]
    public async Task ALateObjection_StandsWithItsReviewers()
    {
        var id = await DispatchAsync();
        await _portal.DoAsync(id, Street, file => file.ObjectToDispatch("不在辖区", "职责清单", null, Rules, Street, _portal.Clock.GetUtcNow()));
        var raised = _portal.Clock.GetUtcNow();
        _portal.Clock.Advance(TimeSpan.FromDays(1.5));

        await Clock.TickAsync(Stop);

        Assert.Equal(raised.AddHours(9), (await ReadAsync(id)).Select(entry => entry.Event).OfType<ReviewLapsed>().Single().ReviewBy);
        var waiting = (await _portal.Get<Waiting>().ReadAsync(Supervisor, Stop)).Single(group => group.Name == "派单异议待审核");
        Assert.Equal(raised.AddHours(9), Assert.Single(waiting.Items).DueAt);
    }

    [Fact]
    public async Task ACase_RunsByThePlanOfItsDay_WhateverBecomesOfThePlan()
    {
        var plans = _portal.Get<PlanDesk>();
        var terms = Rules.LimitOf(CaseLevel.Ordinary) with { Name = "一般诉求 5日", Limit = new TimeLimit(5, LimitUnit.Days), Nodes = [new PlanNode(NodeKind.Contact, new TimeLimit(6, LimitUnit.Hours), "本区要求")] };
        var (plan, outcome) = await plans.BeginAsync(terms, "提速", Dispatcher);
        Assert.Null(outcome.Refusal);
        var id = await DispatchAsync();

        Assert.Null((await plans.SetAsync(plan, terms with { Nodes = [] }, "不再要求", Dispatcher)).Refusal);

        var file = await _portal.Get<CaseDesk>().FindAsync(id, Street, Stop);
        Assert.Equal((plan, 1, 1), (file!.Schedule!.Plan, file.Schedule.Version, file.Schedule.Nodes.Count));
        Assert.Equal("本区要求", _portal.Get<PlanBook>().TermsOf(file.Schedule)!.Nodes[0].Basis);
        Assert.Empty(_portal.Get<PlanBook>().For(District, CaseLevel.Ordinary, "").Terms.Nodes);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);

        var book = new PlanBook(Factory, Rules);
        await book.LoadAsync(Stop);
        Assert.Equal("本区要求", book.TermsOf(file.Schedule)!.Nodes[0].Basis);
        Assert.Equal("plan.taken", (await plans.BeginAsync(terms with { Name = "又一个" }, "重复", Dispatcher)).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task WhatTheLadderReaches_StandsAtTheUnitsHome_AndWithTheSupervisors()
    {
        await DispatchAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(3.5));
        await Clock.TickAsync(Stop);

        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(Street, Stop), group => group.Name == "督办任务待回复");
        Assert.DoesNotContain(await _portal.Get<Waiting>().ReadAsync(OtherStreet, Stop), group => group.Name == "督办任务待回复");

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await Clock.TickAsync(Stop);
        _portal.Clock.Advance(TimeSpan.FromDays(6));

        Assert.Contains(await _portal.Get<Waiting>().ReadAsync(Supervisor, Stop), group => group.Name == "督办逾期未回复");
    }

    [Fact]
    public async Task ADemandNobodyDispatches_LapsesAfterAnHour()
    {
        var id = await _portal.RegisterAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        await Clock.TickAsync(Stop);

        Assert.Single(await ReadAsync(id), entry => entry.Event is DispatchLapsed);
    }

    private PortalClock Clock => _portal.Get<PortalClock>();

    private Microsoft.EntityFrameworkCore.IDbContextFactory<JieSuJiBan.Web.Data.PortalDbContext> Factory =>
        _portal.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<JieSuJiBan.Web.Data.PortalDbContext>>();

    private CaseDesk OtherCases() => new(
        Factory, _portal.Get<JieSuJiBan.Web.Realtime.Feed>(), _portal.Get<Numbers>(), _portal.Get<PetitionerVault>(), _portal.Get<SafetyWords>(), _portal.Get<TriageBook>(), _portal.Get<RuledOrders>(), Rules, _portal.Clock);

    private async Task<Guid> DispatchAsync()
    {
        var id = await _portal.RegisterAsync();
        var file = (await _portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;
        await _portal.DoAsync(id, Dispatcher, waiting => waiting.Dispatch(_portal.Get<Orders>().For(file, Mafang, null), Rules.Calendar, Dispatcher, _portal.Clock.GetUtcNow()));
        return id;
    }

    private async Task<IReadOnlyList<LogEntry>> ReadAsync(Guid id) => await _portal.Get<LogBook>().ReadAfterAsync(id, 0, 1000, Stop);
}
