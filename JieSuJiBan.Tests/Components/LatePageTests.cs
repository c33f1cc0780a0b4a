using Bunit;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>The times of whistles on screen: set with their basis, run with lamps, and reported when nobody comes.</summary>
public sealed class LatePageTests : IAsyncLifetime
{
    private readonly PortalFixture _portal = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task TheCommandCentre_SetsTheTimesOfAWhistle_WithTheirBasis()
    {
        await using var stage = new Stage(_portal, Dispatcher);
        var page = stage.Open("/plans?do=edit&item=Hard");
        await page.InvokeAsync(() => page.Find("input[name=respond]").Change("1个工作小时"));
        await page.InvokeAsync(() => page.Find("input[name=basis-respond]").Change("本区提速要求"));
        await page.InvokeAsync(() => page.Find("input[name=Instruct]").Change(""));
        await page.InvokeAsync(() => page.Find("textarea[name=reason]").Change("提速"));

        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal(
            ["吹哨后1个工作小时本区提速要求"], page.FindAll("section[aria-label='攻坚哨'] tbody tr").Take(1).Select(row => string.Concat(row.Children.Skip(1).Select(Reading.Text)))));
        var plan = _portal.Get<PlanBook>().RulesOf(District).PlanOf(WhistleKind.Hard);
        Assert.Equal((1, LimitUnit.WorkingHours, 3), (plan.Version, plan.Terms.Respond.After.Unit, plan.Terms.Overdue.Count));
    }

    [Fact]
    public async Task WhoDoesNotKeepThePlans_ReadsThem()
    {
        await using var stage = new Stage(_portal, Street);
        var page = stage.Open("/plans?do=edit&item=Hard");

        Assert.Empty(page.FindAll("form.action"));
        Assert.Equal(3, page.FindAll("section[aria-label$='哨']").Count);
    }

    [Fact]
    public async Task TheRoom_ShowsTheDelayAndWhatFollows_AndItsChairReportsIt()
    {
        var whistle = await _portal.SoundAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(6));
        await _portal.Get<PortalClock>().TickAsync(Xunit.TestContext.Current.CancellationToken);
        await using var energy = new Stage(_portal, Energy);
        var watching = energy.Open($"/whistles/{whistle}");
        Assert.Contains("吹哨方督办", watching.Find($"[data-unit='{EnergyOffice}'] .late").TextContent, StringComparison.Ordinal);
        Assert.Equal("超时", watching.Find($"[data-unit='{EnergyOffice}'] .lamp").Text());
        Assert.Empty(watching.FindAll("[data-acts] a[href*='report-late']"));

        await using var street = new Stage(_portal, Street);
        var chair = street.Open($"/whistles/{whistle}?do=report-late");
        await chair.InvokeAsync(() => chair.FindAll("[data-acts] textarea")[0].Change("电话不接。"));
        await chair.InvokeAsync(() => chair.FindAll("[data-acts] form")[0].SubmitAsync());

        watching.WaitForAssertion(() => Assert.Contains("报区：区城管委未响应", watching.Find(".talk").TextContent, StringComparison.Ordinal));
        Assert.Contains("14:00到时", watching.Find(".talk").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLeader_FindsWhoIsLateInHisInbox_WithTheTimes()
    {
        var whistle = await _portal.SoundAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(14));
        await _portal.Get<PortalClock>().TickAsync(Xunit.TestContext.Current.CancellationToken);
        await using var stage = new Stage(_portal, DistrictLeader);

        var inbox = stage.Open("/inbox");

        var facts = inbox.Texts(".late-facts");
        Assert.Equal(2, facts.Count);
        Assert.StartsWith("区城管委未响应", facts[0], StringComparison.Ordinal);
        Assert.Contains("09:00召集", string.Concat(facts), StringComparison.Ordinal);
        Assert.Equal(2, (await _portal.Get<JieSuJiBan.Web.Whistles.WhistleDesk>().FindAsync(whistle, DistrictLeader, Xunit.TestContext.Current.CancellationToken))!.Requests.Count);
    }

    [Fact]
    public async Task AnObjection_ShowsByWhenItIsReviewed()
    {
        var id = await _portal.DispatchAsync();
        await _portal.DoAsync(id, Street, file => file.ObjectToDispatch("不在辖区", "职责清单", null, Rules, Street, _portal.Clock.GetUtcNow()));
        await using var stage = new Stage(_portal, Supervisor);

        var page = stage.Open($"/cases/{id}");

        Assert.Contains("派单异议审核", page.Find("section[aria-labelledby=schedule-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("正常", page.Find("section[aria-labelledby=schedule-title]").TextContent, StringComparison.Ordinal);
    }
}
