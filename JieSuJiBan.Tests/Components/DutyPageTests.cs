using Bunit;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Duties;
using Microsoft.AspNetCore.Components.Forms;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class DutyPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly DutyTerms s_charging = HeatDuty with
    {
        Area = "电力",
        Group = "充电设施",
        Matter = "居民区充电设施建设",
        Lead = EnergyOffice,
        Text = "牵头协调公共充电桩建设主体",
        CoUnits = [new CoDuty(PowerCompany, "核实容量，接电"), new CoDuty(Locality.Street, "组织居民议事")],
        Basis = "《北京市机动车停车条例》",
        Keywords = "充电桩",
    };

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheList_IsSearched_AndARowIsChangedWhereItStands()
    {
        var terms = HeatDuty with { Area = "表格", Matter = "就地修改" };
        var id = await ProposeAsync(terms);
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/duties?q=就地修改");
        Assert.Equal("就地修改", page.Find("tbody .main-cell a").Text());

        await stage.GoAsync($"/duties?q=就地修改&do=edit&item={id}");
        await page.InvokeAsync(() => page.WaitForElement(".edit-row input[name=limit]").Change("12小时"));
        await page.InvokeAsync(() => page.Find(".edit-row textarea[name=reason]").Change("提速"));
        await page.InvokeAsync(() => page.Find(".edit-row form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("12小时", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".edit-row"));
    }

    [Fact]
    public async Task WhoMayNotChangeIt_IsOfferedNothing()
    {
        var id = await ProposeAsync(HeatDuty with { Area = "只读", Matter = "只能看" });
        await using var stage = new Stage(portal, Street);

        var list = stage.Open($"/duties?q=只能看&do=edit&item={id}");
        Assert.Empty(list.FindAll("form.action"));
        Assert.DoesNotContain("新增职责", list.MainText(), StringComparison.Ordinal);

        await stage.GoAsync($"/duties/{id}?do=revise");
        list.WaitForAssertion(() => Assert.Equal("只能看", list.Find("h1").Text()));
        Assert.Empty(list.FindAll("form.action"));

        await stage.GoAsync("/duties/import");
        list.WaitForAssertion(() => Assert.Contains(Reading.NotFound, list.MainText(), StringComparison.Ordinal));
        await stage.GoAsync($"/duties/{Guid.NewGuid()}");
        list.WaitForAssertion(() => Assert.Contains(Reading.NotFound, list.MainText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AProposal_AppearsInTheOpenInbox_IsAdmittedThere_AndTheOpenPageOfItShowsIt()
    {
        await using var leader = new Stage(portal, DistrictLeader);
        var inbox = leader.Open("/inbox");
        var id = await ProposeAsync(StreetDuty with { Matter = "收件箱准入" });
        inbox.WaitForAssertion(() => Assert.Contains(inbox.FindAll("article.decision h2"), head => head.TextContent.Contains("收件箱准入", StringComparison.Ordinal)));
        await using var keeper = new Stage(portal, Dispatcher);
        var page = keeper.Open($"/duties/{id}");
        Assert.Empty(page.FindAll("form.action"));

        var card = inbox.FindAll("article.decision").Single(card => card.TextContent.Contains("收件箱准入", StringComparison.Ordinal));
        Assert.Contains(StreetDuty.Basis, card.TextContent, StringComparison.Ordinal);
        await inbox.InvokeAsync(() => card.QuerySelector("textarea[name=reason]")!.Change("同意列入。"));
        await inbox.InvokeAsync(() => inbox.FindAll("article.decision").Single(c => c.TextContent.Contains("收件箱准入", StringComparison.Ordinal)).QuerySelector("form")!.SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("InForce", page.Find(".title-row .badge").GetAttribute("data-status")));
        Assert.Contains("同意列入。", page.Find(".timeline").TextContent, StringComparison.Ordinal);
        inbox.WaitForAssertion(() => Assert.DoesNotContain(inbox.FindAll("article.decision"), c => c.TextContent.Contains("收件箱准入", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnImport_IsPreviewed_AndOnlyThenDone()
    {
        var bytes = await File.ReadAllBytesAsync(await portal.WriteDutiesAsync([HeatDuty with { Area = "导入页", Matter = "来自表格" }]), Stop);
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/duties/import");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(bytes, "清单.xlsx"));
        page.WaitForAssertion(() => Assert.Contains("来自表格", page.Find(".plan tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(portal.Get<DutyBook>().All(District, new DutyFilter(Area: "导入页")));

        await page.InvokeAsync(() => page.Find(".plan form").SubmitAsync());
        page.WaitForElement(".field.wrong");
        await page.InvokeAsync(() => page.Find(".plan textarea[name=reason]").Change("2026年版"));
        await page.InvokeAsync(() => page.Find(".plan form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Single(portal.Get<DutyBook>().All(District, new DutyFilter(Area: "导入页"))));
        Assert.EndsWith("/duties", stage.Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWhistleForm_OffersWhoOwnsTheCase_AndOneClickWritesTheAskAndTheLaw()
    {
        await ChargingAsync();
        var file = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/whistles/new?case={file}");
        Assert.Contains("牵头协调公共充电桩建设主体", page.WaitForElement(".who-owns .owned").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("button[aria-label=召集区城管委]").Click());
        await page.InvokeAsync(() => page.Find("button[aria-label=召集供电公司]").Click());

        page.WaitForAssertion(() => Assert.Equal("核实容量，接电", page.Find($"textarea[name='ask:{PowerCompany}']").GetAttribute("value")));
        Assert.Equal("牵头协调公共充电桩建设主体", page.Find($"textarea[name='ask:{EnergyOffice}']").GetAttribute("value"));
        Assert.Equal("《北京市机动车停车条例》", page.Find("textarea[name=legalBasis]").GetAttribute("value"));
        Assert.True(page.Find($"input[name=lead][value='{EnergyOffice}']").HasAttribute("checked"));
        Assert.Empty(page.FindAll("button[aria-label^=召集马坊镇]"));
    }

    [Fact]
    public async Task TheDispatchForm_IsFilledInFromTheList()
    {
        await ChargingAsync();
        var id = await portal.RegisterAsync();
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open($"/cases/{id}?do=dispatch");

        await page.InvokeAsync(() => page.Button("按此填写").Click());
        await page.InvokeAsync(() => page.FindAll("form.action").Single(form => form.QuerySelector("select[name=lead]") is not null).SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Dispatched", page.Find(".title-row .badge").GetAttribute("data-status")));
        await using var db = await portal.OpenDatabaseAsync();
        var file = db.Cases.Single(file => file.Id == id);
        Assert.Equal((EnergyOffice, portal.Clock.GetUtcNow().AddHours(24), Rules.LimitOf(CaseLevel.Utility).Basis), (file.FirstReceiver, file.DueAt, file.LimitBasis));
        Assert.Equal([PowerCompany, Mafang], db.Set<CaseParty>().Where(party => party.CaseId == id && party.Part == Part.CoUnit).Select(party => party.Unit).ToList().OrderByDescending(unit => unit.Value));
    }

    [Fact]
    public async Task TheRegisterForm_FindsTheMatterByWhatPeopleSay()
    {
        await ChargingAsync();
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/cases/new");

        await page.InvokeAsync(() => page.Find("input[name=category-search]").Input("充电桩"));
        await page.InvokeAsync(() => page.WaitForElement($"input[name=category][value='{s_charging.Category}']").Change(s_charging.Category));
        await page.InvokeAsync(() => page.Find("input[name=category-search]").Input("没有这样的事zz"));

        page.WaitForAssertion(() => Assert.True(page.Find($"input[name=category][value='{s_charging.Category}']").HasAttribute("checked")));
        Assert.Contains("没有找到", page.Find(".matter-choice").TextContent, StringComparison.Ordinal);
    }

    private async Task ChargingAsync()
    {
        if (portal.Get<DutyBook>().FindListed(District, s_charging.Category) is null)
        {
            var id = await ProposeAsync(s_charging);
            Assert.Null((await portal.Get<DutyDesk>().JudgeAsync(id, true, "同意", DistrictLeader.Fresh(portal.Clock.GetUtcNow()))).Refusal);
        }
    }

    private async Task<Guid> ProposeAsync(DutyTerms terms)
    {
        var (id, outcome) = await portal.Get<DutyDesk>().ProposeAsync(terms, "按新的分工。", Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }
}
