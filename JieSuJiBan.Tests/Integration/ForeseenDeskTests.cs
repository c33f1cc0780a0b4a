using System.Net;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Home;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Sheets;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The desk of the calendar: who may do what, who is told, and that an import is all or nothing.</summary>
public sealed class ForeseenDeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly Actor s_elsewhere = new("cy", "某某", new OrgPath("/11/110105/d.zhzx/"), "区指挥中心", Role.Dispatcher, Morning);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ForeseenDesk Desk => portal.Get<ForeseenDesk>();

    private ForeseenList List => portal.Get<ForeseenList>();

    [Fact]
    public async Task OneTitle_StandsOnTheCalendarOnce()
    {
        var terms = Cold with { Title = "只有一个" };
        var id = await ProposeAsync(terms);
        var other = await ProposeAsync(Cold with { Title = "另外一个" });

        Assert.Equal("foreseen.taken", (await Desk.ProposeAsync(terms, null, Dispatcher)).Outcome.Refusal?.Code);
        Assert.Equal("foreseen.taken", (await Desk.ReviseAsync(other, terms, "改名", Dispatcher)).Refusal?.Code);

        Assert.Null((await Desk.DoAsync(id, Dispatcher, problem => problem.End("停用", Dispatcher, Morning))).Refusal);
        Assert.Null((await Desk.ReviseAsync(other, terms, "改名", Dispatcher)).Refusal);
    }

    [Fact]
    public async Task CategoryAndUnits_MustExist()
    {
        Assert.Equal("foreseen.category.unknown", (await Desk.ProposeAsync(Cold with { Title = "编造分类", Category = "没有这类" }, null, Dispatcher)).Outcome.Refusal?.Code);
        var made = District.Child("d.nosuch");
        Assert.Equal("foreseen.unit", (await Desk.ProposeAsync(Cold with { Title = "编造单位", CoUnits = [.. Cold.CoUnits, made] }, null, Dispatcher)).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task AnotherDistrictsProblem_DoesNotExist()
    {
        var id = await ProposeAsync(Cold with { Title = "外区看不见" });

        Assert.Null(await Desk.FindAsync(id, s_elsewhere, Stop));
        Assert.Equal("unknown", (await Desk.DoAsync(id, s_elsewhere, problem => problem.End("乱来", s_elsewhere, Morning))).Refusal?.Code);
        Assert.Empty((await List.PageAsync(s_elsewhere, new ForeseenFilter(), Stop)).Lines);
        Assert.NotNull(await Desk.FindAsync(id, Village, Stop));
    }

    [Fact]
    public async Task AProposal_WaitsAtTheCommandCentresHome()
    {
        var (id, outcome) = await Desk.ProposeAsync(Cold with { Title = "街乡提出的" }, "去年汇景社区十几件。", Street);
        Assert.Null(outcome.Refusal);
        Assert.Contains(await GroupAsync(Dispatcher, "待确认的预判问题"), item => item.Title == "街乡提出的");

        Assert.Null((await Desk.DoAsync(id, Dispatcher, problem => problem.Confirm(null, Dispatcher, Morning))).Refusal);

        Assert.DoesNotContain(await GroupAsync(Dispatcher, "待确认的预判问题"), item => item.Title == "街乡提出的");
    }

    [Theory]
    [InlineData(8, false), InlineData(7, true), InlineData(0, true), InlineData(-3, true)]
    public async Task AStep_IsAtItsUnitsHome_FromAWeekBefore_UntilItIsDone(int daysLeft, bool isShown)
    {
        var today = WorkCalendar.DateAt(Morning);
        var begin = today.AddDays(daysLeft);
        var season = new Season(Season.DayOf(begin), Season.DayOf(begin.AddDays(20)));
        var id = await ProposeAsync(Cold with { Title = $"还有{daysLeft}天", Season = season, CoUnits = [], Steps = [new StepTerms(0, EnergyOffice, "当天要做的")] });

        var item = (await GroupAsync(Energy, "待完成的准备")).SingleOrDefault(item => item.Number == $"还有{daysLeft}天");
        Assert.Equal(isShown, item is not null);
        Assert.DoesNotContain(await GroupAsync(Housing, "待完成的准备"), other => other.Number == $"还有{daysLeft}天");
        if (item is null)
        {
            return;
        }

        Assert.Equal(new DateTimeOffset(begin.AddDays(1), TimeOnly.MinValue, JieSuJiBan.Domain.Time.WorkCalendar.Beijing), item.DueAt);
        Assert.Null((await Desk.DoAsync(id, Energy, problem => problem.Finish(1, "做完了", Energy, Morning))).Refusal);
        Assert.DoesNotContain(await GroupAsync(Energy, "待完成的准备"), other => other.Number == $"还有{daysLeft}天");
    }

    [Fact]
    public async Task TheClock_TellsWhoHasAStep_AndWhoOnlyHelps_Once()
    {
        await using var own = new PortalFixture();
        var today = WorkCalendar.DateAt(own.Clock.GetUtcNow());
        var season = new Season(Season.DayOf(today.AddDays(8)), Season.DayOf(today.AddDays(20)));
        var (id, outcome) = await own.Get<ForeseenDesk>().ProposeAsync(Cold with { Title = "下周开始的", Season = season, CoUnits = [HousingOffice], Steps = [new StepTerms(0, EnergyOffice, "值班")] }, null, Dispatcher);
        Assert.Null(outcome.Refusal);
        await own.Get<PortalClock>().TickAsync(Stop);
        Assert.Empty(await TitlesAsync(own, Energy));
        Assert.DoesNotContain(await own.Get<Waiting>().ReadAsync(Housing, Stop), group => group.Name == "即将到来的预判问题");

        own.Clock.Advance(TimeSpan.FromDays(1));
        await own.Get<PortalClock>().TickAsync(Stop);
        await own.Get<PortalClock>().TickAsync(Stop);

        Assert.Equal([(NoticeKind.PreparationDue, "下周开始的", $"/foreseen/{id}")], await TitlesAsync(own, Energy));
        Assert.Equal([(NoticeKind.SeasonComes, "下周开始的", $"/foreseen/{id}")], await TitlesAsync(own, Housing));
        var item = Assert.Single((await own.Get<Waiting>().ReadAsync(Housing, Stop)).Single(group => group.Name == "即将到来的预判问题").Items);
        Assert.Equal(("下周开始的", EnergyOffice), (item.Title, item.Unit));
        Assert.Empty((await own.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheCalendar_ShowsWhatRuns_AndWhoseStepsFallDue_OverNewYearToo()
    {
        var id = await ProposeAsync(Cold with { Title = "跨年的", Season = Season.Of(12, 20, 1, 10), Steps = [new StepTerms(-30, EnergyOffice, "提前一个月")] });

        Assert.Contains(await List.BetweenAsync(Street, new(2026, 12, 28), new(2027, 1, 3), null, Stop), problem => problem.Id == id);
        Assert.Contains(await List.BetweenAsync(Street, new(2027, 1, 4), new(2027, 1, 31), null, Stop), problem => problem.Id == id);
        Assert.Contains(await List.BetweenAsync(Street, new(2026, 11, 16), new(2026, 11, 22), EnergyOffice, Stop), problem => problem.Id == id);
        Assert.DoesNotContain(await List.BetweenAsync(Street, new(2027, 2, 1), new(2027, 2, 28), null, Stop), problem => problem.Id == id);
        Assert.DoesNotContain(await List.BetweenAsync(Street, new(2027, 1, 4), new(2027, 1, 31), WaterOffice, Stop), problem => problem.Id == id);
    }

    [Fact]
    public async Task WhatWasExported_ImportsAsUnchanged_AndAChangeIsTaken()
    {
        await using var own = new PortalFixture();
        var (desk, import) = (own.Get<ForeseenDesk>(), own.Get<ForeseenImport>());
        Assert.Null((await desk.ProposeAsync(Cold with { Title = "=1+1", Why = "@某人" }, null, Dispatcher)).Outcome.Refusal);
        Assert.Null((await desk.ImportAsync(await PlanAsync(own, DefaultForeseen.For(District)), "默认日历", Dispatcher)).Refusal);
        var all = (await own.Get<ForeseenList>().AllAsync(Dispatcher, new ForeseenFilter(), Stop)).Select(problem => problem.Terms).ToList();
        Assert.Equal(DefaultForeseen.For(District).Count + 1, all.Count);

        var same = await PlanAsync(own, all);
        Assert.Equal(all.Count, same.Count(ForeseenRowKind.Unchanged));
        Assert.False(same.CanBeDone);

        var changed = await PlanAsync(own, [all[0] with { Steps = [.. all[0].Steps, new StepTerms(1, all[0].Lead, "多做一步")] }]);
        Assert.Equal("foreseen.missing.reason", (await desk.ImportAsync(changed, "", Dispatcher)).Refusal?.Code);
        Assert.Null((await desk.ImportAsync(changed, "补充", Dispatcher)).Refusal);
        Assert.Equal("changed", (await desk.ImportAsync(changed, "再来", Dispatcher)).Refusal?.Code);
        Assert.Empty((await own.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task AnImport_IsAllOrNothing_AndNamesWhatIsWrong()
    {
        var path = await portal.WriteRowsAsync(
            ["问题名称", "时间", "分类", "牵头单位", "配合单位", "说明", "措施"],
            ["好的一行", "11月1日至11月15日", "供热", "区城管委", "热力公司", "年年如此", "提前10天 热力公司：检修\n当天 值班"],
            ["好的一行", "第44周", "供热", "区城管委", "", "年年如此", "当天 值班"],
            ["坏的一行", "春天", "供热", "区没有委", "", "年年如此", "尽快 区城管委：检修"]);

        var (plan, outcome) = await portal.Get<ForeseenImport>().PlanAsync(path, Dispatcher, Stop);

        Assert.Null(outcome.Refusal);
        Assert.Equal([ForeseenRowKind.New, ForeseenRowKind.Refused, ForeseenRowKind.Refused], plan!.Rows.Select(row => row.Kind));
        Assert.Equal(["foreseen.import.twice"], plan.Rows[1].Refusals.Select(refusal => refusal.Code));
        Assert.Equal(["foreseen.import.unit", "foreseen.import.season", "foreseen.import.step"], plan.Rows[2].Refusals.Select(refusal => refusal.Code));
        Assert.Equal("foreseen.import.not-now", (await Desk.ImportAsync(plan, "导入", Dispatcher)).Refusal?.Code);
        Assert.Equal("foreseen.import.not-now", (await Desk.ImportAsync(new ForeseenPlan([plan.Rows[0]]), "导入", Energy)).Refusal?.Code);
        Assert.Empty((await List.PageAsync(Dispatcher, new ForeseenFilter("好的一行"), Stop)).Lines);
    }

    [Fact]
    public async Task EveryProblem_IsWhatItsLogAddsUpTo_AndCanBeTold()
    {
        var id = await ProposeAsync(Cold with { Title = "对账" });
        await Desk.DoAsync(id, Energy, problem => problem.Start(1, "徐明远", new(2026, 9, 30), Energy, Morning));
        await Desk.DoAsync(id, Energy, problem => problem.Finish(1, "做完了", Energy, Morning));
        await Desk.DoAsync(id, Street, problem => problem.Blow(Guid.NewGuid(), "哨117-20260302-009", Street, Morning));
        Assert.Null((await Desk.ReviseAsync(id, Cold with { Title = "对账", Steps = [Cold.Steps[1]] }, "少一步", Dispatcher)).Refusal);
        Assert.Null((await Desk.DoAsync(id, Dispatcher, problem => problem.End("停用", Dispatcher, Morning))).Refusal);

        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
        Assert.All(await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop), entry => Assert.NotEmpty(portal.Get<Story>().Tell(entry).Headline));
    }

    [Fact]
    public async Task Exports_AreForOfficers_TheDefaultForTheCommandCentre()
    {
        await ProposeAsync(Cold with { Title = "导出这一项" });
        using var officer = portal.CreateClientFor(Village);
        using var answer = await officer.GetAsync(new Uri("/foreseen/export.xlsx?q=导出这一项", UriKind.Relative), Stop);
        Assert.Equal(SheetWriter.ContentType, answer.Content.Headers.ContentType?.MediaType);
        var rows = portal.ReadSheet(await answer.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(["导出这一项", "11月7日至11月30日", "供热/供热质量", "区城管委"], Assert.Single(rows.Skip(1)).Take(4));

        using var keeper = portal.CreateClientFor(Dispatcher);
        using var nobody = portal.CreateClientFor(null);
        Assert.Equal(HttpStatusCode.OK, await keeper.StatusOfAsync("/foreseen/default.xlsx"));
        Assert.Equal(HttpStatusCode.NotFound, await officer.StatusOfAsync("/foreseen/default.xlsx"));
        Assert.Equal(HttpStatusCode.NotFound, await officer.StatusOfAsync("/foreseen/import"));
        Assert.Equal(HttpStatusCode.Redirect, await nobody.StatusOfAsync("/foreseen/export.xlsx"));
    }

    private static async Task<IEnumerable<(NoticeKind, string?, string?)>> TitlesAsync(PortalFixture portal, Actor actor) =>
        (await portal.Get<NoticeDesk>().ListAsync(actor, null, 1, Stop)).Notices.Select(notice => (notice.Kind, notice.Number, notice.Link));

    private async Task<IReadOnlyList<WaitingItem>> GroupAsync(Actor actor, string name) =>
        (await portal.Get<Waiting>().ReadAsync(actor, Stop)).SingleOrDefault(group => group.Name == name)?.Items ?? [];

    private static async Task<ForeseenPlan> PlanAsync(PortalFixture portal, IEnumerable<ForeseenTerms> terms)
    {
        var path = Path.Combine(portal.Folder, $"{Guid.NewGuid():N}.xlsx");
        await using (var file = File.Create(path))
        {
            await portal.Get<ForeseenSheet>().WriteAsync(file, terms, Stop);
        }

        var (plan, outcome) = await portal.Get<ForeseenImport>().PlanAsync(path, Dispatcher, Stop);
        Assert.Null(outcome.Refusal);
        return plan!;
    }

    private async Task<Guid> ProposeAsync(ForeseenTerms terms)
    {
        var (id, outcome) = await Desk.ProposeAsync(terms, null, Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }
}
