using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Rules;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What the grid finds: registered and closed in one act, listed for its finder, pooled for street and district.</summary>
public class ReportingDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SolvedOnTheSpot_IsRegisteredAndClosedTogether_OrNotAtAll()
    {
        var (id, outcome) = await portal.Get<CaseDesk>().RegisterAsync(
            Find, Petitioner.Anonymous, GridWorker, atOnce: file => file.SolveOnTheSpot("当场清走。", null, GridWorker, portal.Clock.GetUtcNow()));
        var (none, refused) = await portal.Get<CaseDesk>().RegisterAsync(
            Garage with { Channel = Channel.Visit }, Caller, Village, atOnce: file => file.SolveOnTheSpot("当场清走。", null, Village, portal.Clock.GetUtcNow()));

        Assert.Null(outcome.Refusal);
        var log = await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop);
        Assert.Equal(["case.registered", "case.solved-on-the-spot"], log.Select(entry => entry.Type));
        Assert.Equal(CaseStatus.Closed, (await portal.Get<CaseDesk>().FindAsync(id, Street, Stop))!.Status);
        Assert.Equal("case.on-the-spot.complained", refused.Refusal?.Code);
        Assert.Null(await portal.Get<CaseDesk>().FindAsync(none, Dispatcher, Stop));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheReporter_SeesHisOwn_FirstWhatAwaitsHim_WithItsAnswer()
    {
        var answered = await portal.AnswerFindAsync();
        var newer = await portal.FindAsync();
        var colleague = await portal.FindAsync(Find with { Channel = Channel.Community }, Village);

        var own = (await portal.Get<ReportedList>().ReadAsync(GridWorker, isOnlyOwn: true, 1, Stop)).Lines;
        var unit = (await portal.Get<ReportedList>().ReadAsync(GridWorker, isOnlyOwn: false, 1, Stop)).Lines;

        Assert.Contains(own.TakeWhile(line => line.AwaitsReporter), line => line.Id == answered);
        var line = own.Single(line => line.Id == answered);
        Assert.Equal(("垃圾已清走，通道已恢复。", ReportStep.ToldBack), (line.Answer, line.Steps.Now));
        Assert.Equal((Mafang, CaseStep.Dispatch), (own.Single(line => line.Id == newer).NextUnit, own.Single(line => line.Id == newer).NextStep));
        Assert.DoesNotContain(own, line => line.Id == colleague);
        Assert.Contains(unit, line => line.Id == colleague);
        Assert.DoesNotContain((await portal.Get<ReportedList>().ReadAsync(Street, isOnlyOwn: false, 1, Stop)).Lines, line => line.Id == answered);
    }

    [Fact]
    public async Task TheSixSteps_AreTheSameInTheListAsOnTheCase()
    {
        foreach (var id in new[] { await portal.FindAsync(), await portal.AnswerFindAsync(), await PassedOnAsync() })
        {
            var line = (await portal.Get<ReportedList>().ReadAsync(GridWorker, isOnlyOwn: true, 1, Stop)).Lines.Single(line => line.Id == id);
            Assert.Equal((await portal.Get<CaseDesk>().FindAsync(id, GridWorker, Stop))!.Steps, line.Steps);
        }

        async Task<Guid> PassedOnAsync()
        {
            var id = await portal.FindAsync();
            await portal.DoAsync(id, Street, file => file.HandToDistrict("属市级管线。", Street, portal.Clock.GetUtcNow()));
            await portal.DoAsync(id, Dispatcher, file => file.Dispatch(
                new DispatchOrder(EnergyOffice, [], portal.Clock.GetUtcNow().AddDays(7), "7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));
            return id;
        }
    }

    [Fact]
    public async Task Home_AsksTheFinder_AndAfterHisWordTheCommandCentre_BeforeTheLimit()
    {
        var id = await portal.AnswerFindAsync();
        Assert.Contains($"/cases/{id}?do=confirm", await LinksAsync(GridWorker, "请确认是否解决"));
        Assert.Contains($"/cases/{id}?do=confirm", await LinksAsync(Village, "请确认是否解决"));
        Assert.DoesNotContain($"/cases/{id}", await LinksAsync(Dispatcher, "待回访"));

        await portal.DoAsync(id, Village, file => file.Confirm(true, null, Village, portal.Clock.GetUtcNow()));

        Assert.DoesNotContain($"/cases/{id}?do=confirm", await LinksAsync(GridWorker, "请确认是否解决"));
        Assert.Contains($"/cases/{id}", await LinksAsync(Dispatcher, "待回访"));
    }

    [Fact]
    public async Task APetitionersCase_IsCalledBackAfterItsLimit_AsEver()
    {
        var id = await portal.StartAsync();
        await portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, StreetHead, file => file.Answer("充电桩已可使用。", StreetHead, portal.Clock.GetUtcNow()));

        Assert.DoesNotContain($"/cases/{id}", await LinksAsync(Dispatcher, "待回访"));
    }

    [Fact]
    public async Task ThePool_HoldsWhatWasFound_OpenOrNot_AndCountsByPlace()
    {
        var open = await portal.FindAsync();
        var complaint = await portal.RegisterAsync();
        var (closed, _) = await portal.Get<CaseDesk>().RegisterAsync(
            Find, Petitioner.Anonymous, GridWorker, atOnce: file => file.SolveOnTheSpot("当场清走。", null, GridWorker, portal.Clock.GetUtcNow()));
        var elsewhere = await portal.FindAsync(Find with { Home = Binhe, Channel = Channel.Patrol }, OtherStreet);

        foreach (var (actor, seesElsewhere) in new[] { (Street, false), (Dispatcher, true) })
        {
            var now = await IdsAsync(actor, CaseFilter.Proactive);
            var all = await IdsAsync(actor, CaseFilter.ProactiveAll);
            Assert.Contains(open, now);
            Assert.DoesNotContain(closed, now);
            Assert.Contains(closed, all);
            Assert.DoesNotContain(complaint, all);
            Assert.Equal(seesElsewhere, all.Contains(elsewhere));
            foreach (var (id, isFound) in new[] { (open, true), (closed, true), (complaint, false) })
            {
                Assert.Equal(isFound, (await IdsAsync(actor, CaseFilter.ProactiveAll, (await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!.Status)).Contains(id));
                Assert.DoesNotContain(id, await IdsAsync(actor, CaseFilter.ProactiveAll, CaseStatus.Archived));
            }
        }

        var byCommunity = await portal.Get<CaseList>().CountPoolAsync(Street, Stop);
        var byStreet = await portal.Get<CaseList>().CountPoolAsync(Dispatcher, Stop);
        Assert.Equal([Huijing], byCommunity.Select(place => place.Place));
        Assert.Equal(byCommunity[0].Count, byStreet.Single(place => place.Place == Mafang).Count);
        Assert.Equal(1, byStreet.Single(place => place.Place == Binhe).Count);
    }

    [Fact]
    public void EveryQuickWord_FindsItsMatter() =>
        Assert.All(portal.Get<QuickWords>().Words, word => Assert.NotNull(portal.Get<DutyBook>().RecogniseMatter(District, word)));

    private async Task<List<Guid>> IdsAsync(JieSuJiBan.Domain.Organisation.Actor actor, string scope, CaseStatus? status = null) =>
        [.. (await portal.Get<CaseList>().ReadAsync(actor, new CaseFilter(Status: status, Scope: scope, Sort: CaseFilter.ByNewest), Stop)).Lines.Select(line => line.Id)];

    private async Task<List<string>> LinksAsync(JieSuJiBan.Domain.Organisation.Actor actor, string group) =>
        [.. (await portal.Get<Waiting>().ReadAsync(actor, Stop)).Where(waiting => waiting.Name == group).SelectMany(waiting => waiting.Items).Select(item => item.Link)];
}
