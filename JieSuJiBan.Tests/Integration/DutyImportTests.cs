using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Log;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>A list that left as a spreadsheet and comes back, changed or not; and lists that people made by hand.</summary>
public sealed class DutyImportTests : IAsyncDisposable
{
    private static readonly string[] s_headings = ["一级分类", "二级分类", "三级分类（事项）", "主责单位", "主责职责", "配合单位及职责", "法规依据"];

    private readonly PortalFixture _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DutyDesk Desk => _portal.Get<DutyDesk>();

    private DutyBook Book => _portal.Get<DutyBook>();

    [Fact]
    public async Task WhatWasExported_ImportsAsUnchanged_WhateverItBeginsWith()
    {
        foreach (var matter in new[] { "寻常", "=1+1", "+86", "-号开头", "@某人", "＝全角" })
        {
            await ProposeAsync(HeatDuty with { Matter = matter, Keywords = "=cmd|' /C calc'!A0", CoUnits = [new CoDuty(EnergyOffice, "@监督：整改"), new CoDuty(Mafang, "入户；走访")] });
        }

        var plan = await PlanAsync(await _portal.WriteDutiesAsync(Book.All(District, new DutyFilter()).Select(line => line.Terms)));

        Assert.Equal(6, plan.Count(DutyRowKind.Unchanged));
        Assert.Equal(6, plan.Rows.Count);
        Assert.False(plan.CanBeDone);
    }

    [Fact]
    public async Task APreview_TellsRowByRow_AndWritesNothing()
    {
        await ProposeAsync(HeatDuty);
        await ProposeAsync(HeatDuty with { Matter = "供热管道跑冒滴漏" });
        var path = await _portal.WriteDutiesAsync(
        [
            HeatDuty,
            HeatDuty with { Matter = "供热管道跑冒滴漏", Limit = new TimeLimit(2, LimitUnit.Hours) },
            HeatDuty with { Matter = "新的一项" },
            HeatDuty with { Matter = "新的一项" },
            StreetDuty with { Scope = DutyScope.Community, Lead = Locality.Community },
        ]);

        var plan = await PlanAsync(path);

        Assert.Equal([DutyRowKind.Unchanged, DutyRowKind.Changed, DutyRowKind.New, DutyRowKind.Refused, DutyRowKind.Refused], plan.Rows.Select(row => row.Kind));
        Assert.Equal([2, 3, 4, 5, 6], plan.Rows.Select(row => row.No));
        Assert.Equal(new DutyChange("办理时限", "24小时", "2小时"), Assert.Single(plan.Rows[1].Changes));
        Assert.Equal("duty.import.twice", Assert.Single(plan.Rows[3].Refusals).Code);
        Assert.Contains("duty.lead.community", plan.Rows[4].Refusals.Select(refusal => refusal.Code));
        Assert.Equal(2, Book.All(District, new DutyFilter()).Count);
        Assert.Equal("duty.import.not-now", (await Desk.ImportAsync(plan, "全部", Dispatcher)).Refusal?.Code);
        Assert.Equal(2, Book.All(District, new DutyFilter()).Count);
    }

    [Fact]
    public async Task AnImport_CountsAtOnce_ExceptForTheStreets_WhichTheLeaderAdmitsInOneAct()
    {
        var heat = await ProposeAsync(HeatDuty);
        var plan = await PlanAsync(await _portal.WriteDutiesAsync(
            [HeatDuty with { Text = "立即上门测温" }, HeatDuty with { Matter = "新增的" }, StreetDuty, StreetDuty with { Matter = "店外经营" }]));

        Assert.Null((await Desk.ImportAsync(plan, "职责清单2026年版", Dispatcher)).Refusal);

        Assert.Equal("立即上门测温", Book.Find(District, heat)!.Terms.Text);
        Assert.Equal(2, Book.All(District, new DutyFilter(State: DutyState.InForce)).Count);
        var request = Assert.Single(await Desk.ReadWaitingAsync(DistrictLeader, Stop));
        Assert.Equal((2, "职责清单2026年版"), (request.Count, request.Duties[0].Reason));
        Assert.Equal("duty.judge.role", (await Desk.JudgeBatchAsync(request.Batch!.Value, true, "同意", Dispatcher)).Refusal?.Code);

        Assert.Null((await Desk.JudgeBatchAsync(request.Batch!.Value, true, "同意", DistrictLeader)).Refusal);
        Assert.Equal(4, Book.All(District, new DutyFilter(State: DutyState.InForce)).Count);
        Assert.Empty((await _portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task WhatSomebodyChangedMeanwhile_HoldsUpTheWholeImport()
    {
        var heat = await ProposeAsync(HeatDuty);
        var plan = await PlanAsync(await _portal.WriteDutiesAsync([HeatDuty with { Matter = "新增的" }, HeatDuty with { Text = "立即上门测温" }]));
        await Desk.ReviseAsync(heat, HeatDuty with { Text = "别人先改了" }, "先改", Dispatcher);

        Assert.Equal("changed", (await Desk.ImportAsync(plan, "清单", Dispatcher)).Refusal?.Code);

        await using var db = await _portal.OpenDatabaseAsync();
        Assert.Equal("别人先改了", (await db.Duties.SingleAsync(Stop)).Text);
    }

    [Fact]
    public async Task AMatterThatSomebodyAddedMeanwhile_HoldsUpTheWholeImport()
    {
        var plan = await PlanAsync(await _portal.WriteDutiesAsync([HeatDuty with { Matter = "先来的" }, HeatDuty]));
        await ProposeAsync(HeatDuty);

        Assert.Equal("changed", (await Desk.ImportAsync(plan, "清单", Dispatcher)).Refusal?.Code);

        Assert.Single(Book.All(District, new DutyFilter()));
    }

    [Theory]
    [InlineData("cgw"), InlineData("mafang"), InlineData("leader"), InlineData("admin")]
    public async Task OnlyTheCommandCentre_Imports(string user)
    {
        var plan = await PlanAsync(await _portal.WriteDutiesAsync([HeatDuty]));

        Assert.Equal("duty.import.not-now", (await Desk.ImportAsync(plan, "清单", Cast.Single(actor => actor.UserId == user))).Refusal?.Code);
    }

    [Fact]
    public async Task ASheetMadeByHand_IsUnderstood()
    {
        var path = await _portal.WriteRowsAsync(
            ["平谷区职责清单", "", "", "", "", "", ""],
            ["一级分类", "二级分类", "事项", "责任单位", "工作职责", "协办单位", "法律依据"],
            ["供热", "供热质量", "室内温度不达标", "平谷区城市管理委员会", "测温", "热力公司：调节；属地街乡镇：入户", "《北京市供热采暖管理办法》"],
            ["市容环卫", "街面秩序", "占道经营", "属地街乡镇", "劝离", "", "《北京市市容环境卫生条例》"]);

        var plan = await PlanAsync(path);

        Assert.All(plan.Rows, row => Assert.Equal(DutyRowKind.New, row.Kind));
        var (heat, stalls) = (plan.Rows[0].Terms, plan.Rows[1].Terms);
        Assert.Equal((3, EnergyOffice, DutyScope.District, "7日"), (plan.Rows[0].No, heat.Lead, heat.Scope, heat.Limit.ToString()));
        Assert.Equal([new CoDuty(District.Child("e.rl"), "调节"), new CoDuty(Locality.Street, "入户")], heat.CoUnits);
        Assert.Equal((DutyScope.Street, CaseLevel.Ordinary), (stalls.Scope, stalls.Level));
    }

    [Theory]
    [InlineData("主责单位", "没有这个局", "duty.import.unit"), InlineData("主责职责", "", "duty.text"), InlineData("法规依据", " ", "duty.basis"), InlineData("三级分类（事项）", "", "duty.name")]
    [InlineData("配合单位及职责", "区住建委", "duty.co-unit.text"), InlineData("配合单位及职责", "外星局：看看", "duty.import.unit")]
    public async Task ARowThatIsWrong_SaysWhy(string column, string cell, string code)
    {
        string[] row = ["供热", "供热质量", "室内温度不达标", "热力公司", "测温", "", "《北京市供热采暖管理办法》"];
        row[Array.IndexOf(s_headings, column)] = cell;

        var plan = await PlanAsync(await _portal.WriteRowsAsync(s_headings, row));

        Assert.Contains(code, Assert.Single(plan.Rows).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task WhatIsNoList_IsRefused()
    {
        var text = Path.Combine(_portal.Folder, "x.xlsx");
        await File.WriteAllTextAsync(text, "<html><table></table></html>", Stop);

        Assert.NotNull(_portal.Get<DutyImport>().Plan(text, Dispatcher).Outcome.Refusal);
        Assert.Equal("duty.import.headings", _portal.Get<DutyImport>().Plan(await _portal.WriteRowsAsync(["姓名", "电话"], ["张三", "1"]), Dispatcher).Outcome.Refusal?.Code);
        Assert.Equal("duty.import.headings", _portal.Get<DutyImport>().Plan(await _portal.WriteRowsAsync(s_headings), Dispatcher).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task TheDefaultList_ThroughAFile_GivesADistrictItsOwn()
    {
        var defaults = DefaultDuties.For(District, Rules);
        var plan = await PlanAsync(await _portal.WriteDutiesAsync(defaults));
        Assert.Equal(defaults.Count, plan.Count(DutyRowKind.New));

        Assert.Null((await Desk.ImportAsync(plan, "启用默认清单", Dispatcher)).Refusal);
        var request = Assert.Single(await Desk.ReadWaitingAsync(DistrictLeader, Stop));
        Assert.Null((await Desk.JudgeBatchAsync(request.Batch!.Value, true, "同意启用", DistrictLeader)).Refusal);

        Assert.Equal(defaults.Count, Book.All(District, new DutyFilter(State: DutyState.InForce)).Count);
        Assert.All(Book.All(District, new DutyFilter()), line => Assert.True(defaults.Single(terms => terms.Category == line.Terms.Category).Says(line.Terms)));
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    private async Task<Guid> ProposeAsync(DutyTerms terms)
    {
        var (id, outcome) = await Desk.ProposeAsync(terms, "按新的分工。", Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }

    private Task<DutyPlan> PlanAsync(string path)
    {
        var (plan, outcome) = _portal.Get<DutyImport>().Plan(path, Dispatcher);
        Assert.Null(outcome.Refusal);
        return Task.FromResult(plan!);
    }
}
