using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>What the look-out does when it is disturbed, or comes a second time.</summary>
public sealed class LookoutTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Demand s_smoke = Garage with { Title = "露天烧烤油烟大", Text = "路边烧烤天天冒烟气。", Category = "市容环卫/露天烧烤/占道烧烤" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Kept => Path.Combine(portal.Folder, "matchers.bin");

    [Fact]
    public async Task LookedAtAgain_WhatWasDispatchedMeanwhile_KeepsItsProposal()
    {
        await TeachAsync();
        var id = await portal.RegisterAsync(s_smoke);
        await portal.Get<Lookout>().TickAsync(Stop);
        await SendAsync(id, Mafang);

        await AskAgainAsync(id, Morning);
        await portal.Get<Lookout>().TickAsync(Stop);

        var triage = await TriageOfAsync(id);
        Assert.Equal((Mafang, true, null), (triage.Proposed, triage.IsRight, triage.PendingSince));
    }

    [Fact]
    public async Task OneCaseThatCannotBeLookedAt_DoesNotHoldUpTheOthers()
    {
        var broken = new Triage
        {
            CaseId = Guid.NewGuid(),
            District = District,
            RaisedAt = Morning,
            Class = "",
            Home = Mafang,
            Street = Mafang,
            PlaceName = "",
            PendingSince = Morning.AddDays(-1),
        };
        await using var db = await portal.OpenDatabaseAsync();
        db.Triages.Add(broken);
        await db.SaveChangesAsync(Stop);
        var id = await portal.RegisterAsync(s_smoke);

        await portal.Get<Lookout>().TickAsync(Stop);

        Assert.Null((await TriageOfAsync(id)).PendingSince);
        Assert.NotNull((await TriageOfAsync(broken.CaseId)).PendingSince);
        await db.Triages.Where(triage => triage.CaseId == broken.CaseId).ExecuteDeleteAsync(Stop);
    }

    [Fact]
    public async Task TheLaterCase_IsJoinedToTheEarlier_WhicheverIsLookedAtFirst()
    {
        var first = await RegisterAsync(s_smoke with { Text = "金河路烤串摊夜里一点还在营业，油烟进了卧室。" }, "13000009001");
        var again = await RegisterAsync(s_smoke with { Text = "金河路烤串摊夜里一点还在营业，油烟又进了卧室。" }, "13000009001");
        await portal.Get<Lookout>().TickAsync(Stop);
        await portal.Get<PolicyDesk>().SetAsync(PolicyValues.Default with { IsAutomatic = true, Threshold = 1 }, "试行", Dispatcher);

        await AskAgainAsync(first, Morning.AddDays(-1));
        await AskAgainAsync(again, Morning);
        await portal.Get<Lookout>().TickAsync(Stop);
        await portal.Get<PolicyDesk>().SetAsync(PolicyValues.Default, "试行结束", Dispatcher);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal((null, first), (db.Cases.Single(file => file.Id == first).MergedInto, db.Cases.Single(file => file.Id == again).MergedInto));
    }

    [Fact]
    public async Task ManyCallsOfOnePerson_AreNoCrowd()
    {
        for (var no = 0; no < 6; no++)
        {
            await RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = $"独居家园{no}号楼" }, "13000009002");
        }

        await portal.Get<Lookout>().TickAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.DoesNotContain(db.Crowds.AsEnumerable(), crowd => crowd.Place == "独居家园");
    }

    [Fact]
    public async Task TakenUpAgainAtTheSource_ItIsProposedAnew()
    {
        await TeachAsync();
        var id = await portal.RegisterAsync(s_smoke with { SourceNumber = "BJ-reopened" });
        await SendAsync(id, EnergyOffice);
        await portal.Get<Lookout>().TickAsync(Stop);
        var now = portal.Clock.GetUtcNow();
        await portal.DoAsync(id, Hotline, file => file.TakeOver(new SourceEnding(EnergyOffice, now, "已清理。", true, Satisfaction.Satisfied), Hotline, now));
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Triages.Where(triage => triage.CaseId == id).ExecuteUpdateAsync(row => row.SetProperty(triage => triage.Proposed, (OrgPath?)null), Stop);
        }

        await portal.DoAsync(id, Hotline, file => file.ReopenAtSource(Hotline, now));
        await portal.Get<Lookout>().TickAsync(Stop);

        var triage = await TriageOfAsync(id);
        Assert.Equal((null, null), (triage.Lead, triage.DispatchedAt));
        Assert.NotNull(triage.Proposed);
    }

    [Fact]
    public async Task APlace_IsNotLearntFromDemandsThatDoNotSayWhereItIs()
    {
        for (var no = 0; no < 3; no++)
        {
            await portal.RegisterAsync(Garage with { Place = $"清水家园{no}号楼", Home = District, Channel = Channel.PublicDoor }, Actor.PublicDoor(District));
        }

        await portal.RegisterAsync(Garage with { Place = "清水家园5号楼", Home = Village.Unit });

        Assert.Equal(Village.Unit, (await portal.Get<Gazetteer>().FindAsync(District, "清水家园小区", Stop))?.Home);
    }

    [Fact]
    public async Task TheRecord_DoesNotNameAReport_ToTheUnitItIsAbout()
    {
        var id = await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = Dispatcher.Unit }, Street);
        await portal.DoAsync(id, Street, file => file.Dispatch(
            new DispatchOrder(Mafang, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Street, portal.Clock.GetUtcNow()));
        await using var db = await portal.OpenDatabaseAsync();
        await db.Triages.Where(triage => triage.CaseId == id).ExecuteUpdateAsync(
            row => row.SetProperty(triage => triage.Proposed, EnergyOffice).SetProperty(triage => triage.IsRight, false), Stop);

        Assert.DoesNotContain((await portal.Get<DispatchRecord>().WrongAsync(Dispatcher, 7, 1, Stop)).Lines, line => line.Case == id);
        Assert.Contains((await portal.Get<DispatchRecord>().WrongAsync(Dispatcher with { Unit = District }, 7, 1, Stop)).Lines, line => line.Case == id);
    }

    [Fact]
    public async Task TheRecord_IsCountedByDays_AsTheTriagesAddUp()
    {
        var random = new Random(20260303);
        var ids = new List<Guid>();
        for (var no = 0; no < 12; no++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(random.Next(30)));
            ids.Add(await portal.DispatchAsync(EnergyOffice));
        }

        await using var db = await portal.OpenDatabaseAsync();
        for (var step = 0; step < 60; step++)
        {
            var id = ids[random.Next(ids.Count)];
            var (proposed, confidence, isAutomatic) = (random.Next(3) == 0 ? (OrgPath?)null : EnergyOffice, random.Next(100) / 100.0, random.Next(2) == 0);
            var (isRight, at) = (proposed is null || random.Next(3) == 0 ? (bool?)null : random.Next(2) == 0, random.Next(5) == 0 ? (DateTimeOffset?)null : portal.Clock.GetUtcNow().AddHours(-random.Next(400)));
            await db.Triages.Where(triage => triage.CaseId == id).ExecuteUpdateAsync(
                row => row.SetProperty(triage => triage.Proposed, proposed).SetProperty(triage => triage.Confidence, confidence).SetProperty(triage => triage.IsAutomatic, isAutomatic)
                    .SetProperty(triage => triage.IsRight, isRight).SetProperty(triage => triage.DispatchedAt, at),
                Stop);
        }

        await db.Triages.Where(triage => triage.CaseId == ids[0]).ExecuteDeleteAsync(Stop);

        Assert.Equal(0, (await DispatchDay.CompareAsync(db, Stop)).Differing);
        var since = new DateTimeOffset(portal.Clock.GetUtcNow().AddHours(8).Date.AddDays(-6), TimeSpan.FromHours(8));
        var counted = (await db.Triages.AsNoTracking().Where(triage => triage.District == District).ToListAsync(Stop)).Where(triage => triage.DispatchedAt >= since).ToList();
        var (figures, thresholds) = await portal.Get<DispatchRecord>().ReadAsync(Dispatcher, 7, Stop);
        Assert.Equal(
            new RecordFigures(
                counted.Count, counted.Count(one => one.Proposed is not null), counted.Count(one => one is { Proposed: not null, IsRight: true }),
                counted.Count(one => one.IsAutomatic), counted.Count(one => one is { IsAutomatic: true, IsRight: true })),
            figures);
        Assert.Equal(
            DispatchRecord.Thresholds.Select(threshold => counted.Count(one => one.Proposed is not null && one.Confidence >= threshold)),
            thresholds.Select(line => (int)Math.Round((line.Coverage ?? 0) * figures.Proposed)));
        Assert.Equal(counted.Count(one => one.IsRight == false), (await portal.Get<DispatchRecord>().WrongAsync(Dispatcher, 7, 1, Stop)).Total);

        await db.DispatchDays.Take(1).ExecuteUpdateAsync(row => row.SetProperty(day => day.Count, day => day.Count + 1), Stop);
        Assert.NotEqual(0, (await DispatchDay.CompareAsync(db, Stop)).Differing);
        await DispatchDay.RebuildAsync(db, Stop);
        Assert.Equal(0, (await DispatchDay.CompareAsync(db, Stop)).Differing);
    }

    [Fact]
    public async Task ATextIsFound_ThoughItsFormWasNamedLongBeforeItWasSent()
    {
        var similar = portal.Get<SimilarTexts>();
        await portal.RegisterAsync();
        await similar.FollowAsync(Stop);
        var demand = Garage with { Text = "东门外的工地凌晨三点还在打桩，一家老小整夜没有合眼，请尽快制止。" };

        var late = Dispatcher with { Form = Guid.CreateVersion7(portal.Clock.GetUtcNow().AddHours(-23)) };
        var (id, _) = await portal.Get<CaseDesk>().RegisterAsync(demand, Caller, late);
        await similar.FollowAsync(Stop);

        var file = (await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;
        Assert.Contains(similar.Find(file, 5), found => found.Key == id);
    }

    [Fact]
    public async Task WhatCannotBePutAway_DoesNotStopTheLearning()
    {
        await TeachAsync();
        Directory.CreateDirectory($"{Kept}.new");
        try
        {
            var book = ActivatorUtilities.CreateInstance<MatchBook>(portal.Services);
            await book.LearnAsync(Stop);  // it has never been put away, so it is time to
            Assert.Equal(Mafang, book.Propose((await portal.Get<CaseDesk>().FindAsync(await portal.RegisterAsync(s_smoke), Dispatcher, Stop))!).Top?.Unit);
        }
        finally
        {
            Directory.Delete($"{Kept}.new");
        }
    }

    [Fact]
    public async Task WhatWasPutAwayOverAnotherDatabase_IsNotBelieved()
    {
        await TeachAsync();
        await using (var file = File.Create(Kept))
        await using (var writer = new BinaryWriter(file))
        {
            writer.Write(1_000_000L);
            writer.Write(0);
        }

        var book = ActivatorUtilities.CreateInstance<MatchBook>(portal.Services);
        book.Load();
        await book.LearnAsync(Stop);
        File.Delete(Kept);

        Assert.Equal(Mafang, book.Propose((await portal.Get<CaseDesk>().FindAsync(await portal.RegisterAsync(s_smoke), Dispatcher, Stop))!).Top?.Unit);
    }

    [Fact]
    public async Task NobodyIsCalledToAReport_WhomNobodyHasChosen()
    {
        await portal.Get<Web.Duties.DutyDesk>().ProposeAsync(HeatDuty, "按职责分工。", Dispatcher);
        var cold = Garage with { Category = HeatDuty.Category };
        var (help, report) = (await portal.RegisterAsync(cold), await portal.RegisterAsync(cold with { Nature = Nature.Report }));
        var orders = portal.Get<Orders>();

        Assert.Equal([EnergyOffice], orders.For((await portal.Get<CaseDesk>().FindAsync(help, Dispatcher, Stop))!, HeatDuty.Lead, null).CoUnits);
        Assert.Empty(orders.For((await portal.Get<CaseDesk>().FindAsync(report, Dispatcher, Stop))!, HeatDuty.Lead, null).CoUnits);
    }

    // Always the same unit: what a history looks like.
    private async Task TeachAsync()
    {
        for (var day = 0; day < 4; day++)
        {
            await portal.DispatchAsync(demand: s_smoke);
        }

        await portal.Get<Lookout>().TickAsync(Stop);
    }

    private async Task<Guid> RegisterAsync(Demand demand, string phone)
    {
        var (id, outcome) = await portal.Get<CaseDesk>().RegisterAsync(demand, Caller with { Phone = phone }, Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }

    private Task SendAsync(Guid id, OrgPath lead) => portal.DoAsync(id, Dispatcher, file => file.Dispatch(
        new DispatchOrder(lead, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));

    // As after a crash, or on another node.
    private async Task AskAgainAsync(Guid id, DateTimeOffset since)
    {
        await using var db = await portal.OpenDatabaseAsync();
        await db.Triages.Where(triage => triage.CaseId == id).ExecuteUpdateAsync(row => row.SetProperty(triage => triage.PendingSince, since), Stop);
    }

    private async Task<Triage> TriageOfAsync(Guid id)
    {
        await using var db = await portal.OpenDatabaseAsync();
        return db.Triages.Single(triage => triage.CaseId == id);
    }
}
