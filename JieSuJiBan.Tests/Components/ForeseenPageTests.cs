using Bunit;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Foreseen;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class ForeseenPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheMonth_ShowsWhatBeginsAndWhatFallsDue_AndTheStepIsDoneOnItsPage()
    {
        var id = await ProposeAsync(Cold with { Title = "日历上的", Season = Season.Of(3, 10, 3, 31), Steps = [new StepTerms(-5, EnergyOffice, "先检修"), new StepTerms(0, PowerCompany, "值班")] });
        await using var stage = new Stage(portal, Energy);
        var page = stage.Open("/foreseen?at=2026-03-02");
        page.WaitForAssertion(() => Assert.Contains("日历上的", page.MainText(), StringComparison.Ordinal));
        Assert.Contains("还有3天", page.MainText(), StringComparison.Ordinal);

        await stage.GoAsync("/foreseen?view=week&at=2026-03-02");
        page.WaitForAssertion(() => Assert.Contains("接下来四周", page.MainText(), StringComparison.Ordinal));
        Assert.Contains("先检修", page.MainText(), StringComparison.Ordinal);

        await stage.GoAsync($"/foreseen/{id}?do=start&step=1");
        await page.InvokeAsync(() => page.WaitForElement("form.action [name=person]").Change("徐明远"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("徐明远办理，2026-03-05前完成", page.MainText(), StringComparison.Ordinal));

        await stage.GoAsync($"/foreseen/{id}?do=finish&step=1");
        await page.InvokeAsync(() => page.WaitForElement("form.action textarea[name=evidence]").Change("换热站检修完。"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal(["已完成", "未开始"], page.Texts(".steps .badge")));
        Assert.Empty(page.FindAll(".row-acts a"));  // the other step is another unit's
        Assert.Equal(StepState.Finished, (await portal.Get<ForeseenDesk>().FindAsync(id, Energy, Stop))!.Steps.Single(step => step.No == 1).StateOn(WorkCalendar.DateAt(Morning)));
    }

    [Fact]
    public async Task AStreetsProposal_IsWrittenInWords_AndAWhistleIsFilledFromTheCalendar()
    {
        await using var stage = new Stage(portal, Street);
        var page = stage.Open("/foreseen?do=new");
        await page.InvokeAsync(() => page.WaitForElement("form.action [name=title]").Change("街乡想到的"));
        await page.InvokeAsync(() => page.Find("form.action [name=season]").Change("春天"));
        await page.InvokeAsync(() => page.Find("form.action [name=category]").Change("供热"));
        await page.InvokeAsync(() => page.Find("form.action textarea[name=why]").Change("去年十几件。"));
        await page.InvokeAsync(() => page.Find("form.action [name=lead]").Change(EnergyOffice.Value));
        await page.InvokeAsync(() => page.Find("form.action textarea[name=steps]").Change("提前10天 区城管委：检修"));
        await page.InvokeAsync(() => page.Find("form.action textarea[name=reason]").Change("居民年年反映。"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("foreseen.import.season", page.Find("form.action .refusal").GetAttribute("data-code")));

        await page.InvokeAsync(() => page.Find("form.action [name=season]").Change("3月20日至4月5日"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());
        page.WaitForAssertion(() => Assert.Equal("街乡想到的", page.Find("h1").Text()));
        Assert.Contains("待确认", page.MainText(), StringComparison.Ordinal);

        var id = await ProposeAsync(Cold with { Title = "吹哨用的" });
        await stage.GoAsync($"/whistles/new?foreseen={id}");
        page.WaitForAssertion(() => Assert.Equal("吹哨用的", page.Find("input[name=title]").GetAttribute("value")));
        Assert.Contains("检修换热站", page.Markup, StringComparison.Ordinal);
        await stage.GoAsync("/foreseen?view=list");
        page.WaitForAssertion(() => Assert.Equal("预判日历", page.Find("h1").Text()));
        await stage.GoAsync($"/whistles/new?foreseen={Guid.NewGuid()}");
        page.WaitForAssertion(() => Assert.Contains(Reading.NotFound, page.MainText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheWorkingCalendar_IsChangedByADay_AndCountsAtOnce()
    {
        await using var stage = new Stage(portal, Administrator);
        var page = stage.Open("/calendar?year=2027");
        await page.InvokeAsync(() => page.WaitForElement("[data-date='2027-02-13']").Click());
        page.WaitForAssertion(() => Assert.Equal("13班", page.Find("[data-date='2027-02-13'] [aria-hidden]").Text()));
        await page.InvokeAsync(() => page.Find("form.action [name=basis]").Change("国务院办公厅通知"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains("国务院办公厅通知", page.MainText(), StringComparison.Ordinal));
        Assert.True(portal.Get<TimeRules>().Calendar.IsWorkingDay(new(2027, 2, 13)));
        Assert.Empty(page.FindAll("form.action"));
    }

    private async Task<Guid> ProposeAsync(ForeseenTerms terms)
    {
        var (id, outcome) = await portal.Get<ForeseenDesk>().ProposeAsync(terms, null, Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }
}
