using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public sealed class DispatchDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SafetyWords_PutACaseFirst()
    {
        await portal.RegisterAsync();
        var danger = await portal.RegisterAsync(Garage with { Text = "楼道里有很浓的煤气味，怕着火。" });

        var (lines, total) = await portal.Get<Undispatched>().ReadAsync(Dispatcher, Stop);

        Assert.Contains(danger, lines.TakeWhile(line => line.SafetyWord is not null).Select(line => line.Id));
        Assert.True(total >= 2);
    }

    [Theory]
    [InlineData(59, "😀"), InlineData(3, "\uFFFE")]
    public async Task AStrangeText_NeverStopsTheLooking(int before, string strange)
    {
        var demand = Garage with { Title = "楼下", Text = $"{new string('吵', before)}{strange}夜里睡不着", Category = Demand.Unclassified };
        var (strangers, others) = (await portal.RegisterAsync(demand), await portal.RegisterAsync());

        await portal.Get<Lookout>().TickAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.All(await db.Triages.Where(triage => triage.CaseId == strangers || triage.CaseId == others).ToListAsync(Stop), triage => Assert.Null(triage.PendingSince));
    }

    [Fact]
    public async Task TheSamePersonsSameMatter_IsFoundAgain_AndJoined_ButNotAnotherPersons()
    {
        // A phone of their own: all who share one here would crowd each other out of the latest few that are looked at.
        const string Phone = "13000000003";
        var first = await RegisterAsync(Garage with { Text = "幸福家园地下车库一直装不了充电桩，物业说没有电容量，请协调。" }, Phone);
        var again = await RegisterAsync(Garage with { Text = "幸福家园地下车库还是装不了充电桩，物业说没有电容量，请尽快协调。" }, Phone);
        var file = (await portal.Get<CaseDesk>().FindAsync(again, Dispatcher, Stop))!;

        var found = await portal.Get<Repeats>().FindAsync(file, Dispatcher, Stop);
        var repeat = Assert.Single(found, repeat => repeat.Case.Id == first);
        Assert.True(repeat is { IsSameMatter: true, CanTakeIn: true });

        var target = (await portal.Get<CaseDesk>().FindAsync(first, Dispatcher, Stop))!;
        await portal.DoAsync(again, Dispatcher, waiting => waiting.MergeInto(target, Dispatcher, portal.Clock.GetUtcNow()));
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal((1, first), (db.Cases.Single(stored => stored.Id == first).JoinedCount, db.Cases.Single(stored => stored.Id == again).MergedInto));
        Assert.Equal("case.joined", db.Log.Where(entry => entry.Stream == first).OrderBy(entry => entry.Sequence).Last().Type);
    }

    [Fact]
    public async Task WhatOthersSay_InNearlyTheSameWords_IsFound()
    {
        const string Text = "学府花园北门外的烧烤店每天营业到凌晨两点，油烟直接排到楼道，孩子睡不着觉，多次劝说无效，请有关部门处理。";
        var first = await RegisterAsync(Garage with { Text = Text }, "13000000001");
        var again = await RegisterAsync(Garage with { Text = Text + "谢谢！" }, "13000000002");
        await portal.Get<SimilarTexts>().FollowAsync(Stop);

        var file = (await portal.Get<CaseDesk>().FindAsync(again, Dispatcher, Stop))!;
        var found = Assert.Single(await portal.Get<Repeats>().FindAsync(file, Dispatcher, Stop), repeat => repeat.Case.Id == first);

        Assert.True(found is { IsSamePerson: false, IsSameMatter: false, Likeness: > 0.9 });
        Assert.DoesNotContain(await portal.Get<Repeats>().FindAsync(file, OtherStreet, Stop), repeat => repeat.Case.Id == first);
    }

    private async Task<Guid> RegisterAsync(Demand demand, string phone)
    {
        var (id, outcome) = await portal.Get<CaseDesk>().RegisterAsync(demand, Caller with { Phone = phone }, Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }

    [Fact]
    public async Task WhatBecameOfACase_IsALesson()
    {
        var id = await portal.DispatchAsync();
        await portal.DoAsync(id, Street, file => file.ObjectToDispatch("不归街道管", "三定方案", EnergyOffice, Rules, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Supervisor, file => file.ReviewObjection(true, "成立", Supervisor, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(
            new DispatchOrder(EnergyOffice, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));

        await using var db = await portal.OpenDatabaseAsync();
        var lessons = await db.Lessons.Where(lesson => lesson.CaseId == id).OrderBy(lesson => lesson.Id).Select(lesson => new { lesson.Unit, lesson.IsRight }).ToListAsync(Stop);
        Assert.Equal([(Mafang, true), (Mafang, false), (EnergyOffice, true)], lessons.Select(lesson => (lesson.Unit, lesson.IsRight)));
        Assert.Equal(EnergyOffice, db.Triages.Single(triage => triage.CaseId == id).Lead);
    }

    [Fact]
    public async Task Reasons_SpeakOfPlacesAndChannels_AsPeopleDo()
    {
        var smoke = Garage with { Title = "露天烧烤油烟大", Text = "路边烧烤天天冒烟。", Category = "市容环卫/露天烧烤/占道烧烤" };
        for (var day = 0; day < 4; day++)
        {
            await portal.DispatchAsync(demand: smoke);
        }

        await portal.Get<Lookout>().TickAsync(Stop);
        var next = await portal.RegisterAsync(smoke);
        await portal.Get<Lookout>().TickAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        var top = db.Triages.Single(triage => triage.CaseId == next).Proposal!.Top!;
        Assert.Equal(Mafang, top.Unit);
        Assert.Contains("马坊镇汇景社区（12345热线）“占道烧烤”近来同类诉求约4件，约4件由此单位办理", top.Reasons);
    }

    [Fact]
    public async Task FiveOfAKindAtOnePlace_AreACrowd_ThatItsStreetSees_AndOthersDoNot()
    {
        for (var no = 0; no < 6; no++)
        {
            await RegisterAsync(Garage with { Title = "电梯总坏", Text = $"{no}号楼电梯停了", Category = "物业管理/电梯故障", Place = $"和谐家园{no}号楼" }, $"1300000101{no}");
        }

        await portal.Get<Lookout>().TickAsync(Stop);

        var crowd = Assert.Single((await portal.Get<CrowdList>().ReadAsync(Street, CrowdState.Open, 1, Stop)).Lines, crowd => crowd.Place == "和谐家园");
        Assert.Equal((6, Mafang), (crowd.Size, crowd.Street));
        Assert.Equal(6, (await portal.Get<CrowdList>().CasesAsync(crowd.Id, Street, 1, Stop)).Total);
        Assert.Null(await portal.Get<CrowdDesk>().FindAsync(crowd.Id, OtherStreet, Stop));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task ACrowd_IsFound_WhateverTheOrderInWhichItsCallsAreTold_ButNotOverALongTime()
    {
        foreach (var hours in new[] { 40, 0, 30, 10, 20 })
        {
            await RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = "永安花园", RaisedAt = Morning.AddHours(-hours) }, $"130000020{hours:D2}");
            await RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = "长安花园", RaisedAt = Morning.AddHours(-2 * hours) }, $"130000021{hours:D2}");
            await portal.Get<Lookout>().TickAsync(Stop);
        }

        await using var db = await portal.OpenDatabaseAsync();
        Assert.Contains(db.Crowds.AsEnumerable(), crowd => crowd.Place == "永安花园");
        Assert.DoesNotContain(db.Crowds.AsEnumerable(), crowd => crowd.Place == "长安花园");
    }

    [Fact]
    public async Task FourAreNoCrowd_NorAreReports()
    {
        for (var no = 0; no < 4; no++)
        {
            await RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = $"安宁家园{no}号楼" }, $"1300000301{no}");
            await RegisterAsync(Garage with { Category = "物业管理/电梯故障", Place = $"安宁家园{no}号楼", Nature = Nature.Report }, $"1300000302{no}");
        }

        await portal.Get<Lookout>().TickAsync(Stop);

        await using var db = await portal.OpenDatabaseAsync();
        Assert.DoesNotContain(db.Crowds.AsEnumerable(), crowd => crowd.Place == "安宁家园");
    }

    [Theory]
    [InlineData("楼道里有很浓的煤气味，怕着火。", 2), InlineData("全楼停水了。", 24), InlineData("几个人在门口讨薪。", 24 * 7), InlineData("路灯不亮。", 24 * 7)]
    public async Task WhatSpeaksOfDanger_HasAShortLimit_EvenWhereTheListDoesNotKnowIt(string text, int hours)
    {
        var id = await portal.RegisterAsync(Garage with { Title = "反映", Text = text, Category = Demand.Unclassified });
        var file = (await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;

        Assert.Equal(portal.Clock.GetUtcNow().AddHours(hours), portal.Get<Orders>().For(file, Mafang, null).DueAt);
    }

    [Fact]
    public async Task Gazetteer_LeadsFromAnEstateToItsCommunity_OnceItHasBeenSeen()
    {
        var gazetteer = portal.Get<Gazetteer>();
        Assert.Null(await gazetteer.FindAsync(District, "望河家园3号楼", Stop));

        await portal.RegisterAsync(Garage with { Place = "望河家园1号楼", Home = Village.Unit });

        Assert.Equal(Village.Unit, (await gazetteer.FindAsync(District, "望河家园小区3号楼", Stop))?.Home);
        Assert.Equal(Mafang, (await gazetteer.FindAsync(District, "马坊镇政府对面", Stop))?.Home);
        Assert.Equal(Village.Unit, (await gazetteer.FindAsync(District, $"{portal.Get<Web.Organisation.UnitBook>().ShortName(Village.Unit)}南门", Stop))?.Home);
    }

    [Fact]
    public async Task Policy_IsSetByTheCommandCentre_AndStaysInTheLog()
    {
        var desk = portal.Get<PolicyDesk>();
        Assert.Equal("policy.role", (await desk.SetAsync(PolicyValues.Default, "试行", Street)).Refusal?.Code);

        Assert.True((await desk.SetAsync(PolicyValues.Default with { IsAutomatic = true }, "试行", Dispatcher)).IsDone);
        Assert.True((await desk.SetAsync(PolicyValues.Default with { Threshold = 0.95 }, "先从严", Dispatcher)).IsDone);

        Assert.Equal(0.95, (await desk.ReadAsync(District, Stop)).Threshold);
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal(2, db.Log.Count(entry => entry.Stream == PolicyDesk.IdOf(District)));
    }
}
