using Bunit;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class CasePageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACase_IsShown_WithItsStageItsPartiesAndItsStory()
    {
        var id = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);

        var page = stage.Open($"/cases/{id}");

        Assert.Equal(Garage.Title, page.Find("h1").Text());
        Assert.Equal("InProgress", page.Find(".title-row .badge").GetAttribute("data-status"));
        Assert.Equal("派单办理", page.Find(".spine .now").Text());
        Assert.Contains(Garage.Text, page.MainText(), StringComparison.Ordinal);
        Assert.Contains("马坊镇", page.Find(".parties").TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "5"], page.FindAll(".timeline .tl").Select(line => line.GetAttribute("data-seq")));
    }

    [Fact]
    public async Task SomebodyElsesAct_AppearsWithoutReload_AndSoDoesWhatMayNowBeDone()
    {
        var id = await portal.DispatchAsync();
        await using var stage = new Stage(portal, StreetHead);
        var page = stage.Open($"/cases/{id}");
        Assert.Contains("签收", Offers(page));

        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));

        page.WaitForAssertion(() => Assert.Equal("Accepted", page.Find(".title-row .badge").GetAttribute("data-status")));
        Assert.Contains(Street.Name, page.FindAll(".timeline .tl")[^1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("签收", Offers(page));
        Assert.Contains("联系诉求人", Offers(page));
    }

    [Fact]
    public async Task WakeUpsTwiceOrForNothing_DoubleNoLine()
    {
        var id = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{id}");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => portal.Get<Feed>().PublishAsync(Topic.Case(id))));
        await portal.DoAsync(id, Street, file => file.Progress("再次约谈。", null, Street, portal.Clock.GetUtcNow()));

        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll(".timeline .tl").Count));
    }

    [Fact]
    public async Task AnAct_ClosesItsForm_AndIsWritten()
    {
        var id = await portal.DispatchAsync();
        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{id}?do=contact");

        await page.InvokeAsync(() => page.Find("textarea[name=text]").Change("已说明今天到现场。"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Contacted", page.Find(".title-row .badge").GetAttribute("data-status")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".acts form.action")));  // the news may be faster than the form
        Assert.DoesNotContain("do=", stage.Address.Uri, StringComparison.Ordinal);
        Assert.Equal("已说明今天到现场。", Assert.IsType<PetitionerContacted>(await LastAsync(id)).Text);
    }

    [Fact]
    public async Task ARefusedAct_SaysWhyAtItsField_AndKeepsWhatWasTyped()
    {
        var id = await portal.DispatchAsync();
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{id}?do=object");

        await page.InvokeAsync(() => page.Find("textarea[name=reason]").Change("不属于我镇职责。"));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        var field = page.WaitForElement(".field.wrong");
        Assert.NotNull(field.QuerySelector("input[name=basis]"));
        Assert.Matches("依据", field.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal("不属于我镇职责。", page.Find("textarea[name=reason]").GetAttribute("value"));
        Assert.IsType<CaseDispatched>(await LastAsync(id));
    }

    [Theory]
    [InlineData("binhe"), InlineData("sw"), InlineData("archive")]
    public async Task AForeignCase_IsNotFound_ExactlyLikeOneThatDoesNotExist(string user)
    {
        var id = await portal.StartAsync();
        await using var stage = new Stage(portal, Cast.Single(actor => actor.UserId == user));

        var foreign = stage.Open($"/cases/{id}");
        Assert.Contains(Reading.NotFound, foreign.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Garage.Title, foreign.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("孟", foreign.Markup, StringComparison.Ordinal);

        await using var other = new Stage(portal, Cast.Single(actor => actor.UserId == user));
        Assert.Equal(foreign.MainText(), other.Open($"/cases/{Guid.NewGuid()}").MainText());
    }

    [Fact]
    public async Task WhoLosesSightOfAnOpenCase_LosesThePageToo()
    {
        var id = await portal.DispatchAsync(EnergyOffice);
        await using var stage = new Stage(portal, Energy);
        var page = stage.Open($"/cases/{id}");
        Assert.Equal(Garage.Title, page.Find("h1").Text());

        await portal.DoAsync(id, Energy, file => file.ObjectToDispatch("不属于我委职责。", "三定方案", null, Rules, Energy, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, SecondDispatcher, file => file.ReviewObjection(true, "成立。", SecondDispatcher, portal.Clock.GetUtcNow()));

        page.WaitForAssertion(() => Assert.Contains(Reading.NotFound, page.MainText(), StringComparison.Ordinal));
        Assert.DoesNotContain(Garage.Text, page.MainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mafang", "签收 派单异议 被诉主体")]
    [InlineData("mafang-lead", "签收 派单异议 被诉主体")]
    [InlineData("dispatch", "改派 补充情况 被诉主体")]
    [InlineData("leader", "")]
    [InlineData("supervisor", "")]
    public async Task OnlyWhoMayAct_IsOfferedTo_EvenIfTheAddressSaysOtherwise(string user, string offers)
    {
        var id = await portal.DispatchAsync();
        await using var stage = new Stage(portal, Cast.Single(actor => actor.UserId == user));

        var page = stage.Open($"/cases/{id}?do=answer");

        Assert.Equal(offers.Split(' ', StringSplitOptions.RemoveEmptyEntries), Offers(page));
        Assert.Empty(page.FindAll(".acts form"));
    }

    [Fact]
    public async Task ThePetitioner_IsMasked_UntilSomebodySaysWhatFor_AndThatIsLogged()
    {
        var id = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{id}");
        Assert.Contains("孟**", page.MainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Caller.Phone, page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Button("查看完整信息").ClickAsync(new()));
        await page.InvokeAsync(() => page.Find("section[aria-label=诉求人] form").SubmitAsync());
        Assert.NotEmpty(page.WaitForElement(".field.wrong [role=alert]").Text());
        Assert.DoesNotContain(Caller.Phone, page.Markup, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("input[name=purpose]").Change("约定上门时间"));
        await page.InvokeAsync(() => page.Find("section[aria-label=诉求人] form").SubmitAsync());

        page.WaitForAssertion(() => Assert.Contains(Caller.Phone, page.Find("section[aria-label=诉求人]").TextContent, StringComparison.Ordinal));
        Assert.Equal("约定上门时间", Assert.IsType<PetitionerRevealed>(await LastAsync(id)).Purpose);
    }

    [Fact]
    public async Task GoingToAnotherCase_TakesNothingAlong()
    {
        var first = await portal.StartAsync();
        var second = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{first}");
        await page.InvokeAsync(() => page.Button("查看完整信息").ClickAsync(new()));
        await page.InvokeAsync(() => page.Find("input[name=purpose]").Change("约定上门时间"));
        await page.InvokeAsync(() => page.Find("section[aria-label=诉求人] form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains(Caller.Phone, page.MainText(), StringComparison.Ordinal));

        await stage.GoAsync($"/cases/{second}");

        page.WaitForAssertion(() => Assert.Contains($"/cases/{second}/report", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(Caller.Phone, page.Markup, StringComparison.Ordinal);
        Assert.Equal(0, portal.Get<Feed>().CountSubscribers(Topic.Case(first)));
        Assert.Equal(1, portal.Get<Feed>().CountSubscribers(Topic.Case(second)));
    }

    [Fact]
    public async Task GoingToAnotherReport_ShowsTheOtherCase()
    {
        var (first, second) = (await portal.StartAsync(), await portal.StartAsync());
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{first}/report");
        page.WaitForElement($"a[href='/cases/{first}/report.pdf']");

        await stage.GoAsync($"/cases/{second}/report");

        page.WaitForElement($"a[href='/cases/{second}/report.pdf']");
        Assert.Empty(page.FindAll($"a[href='/cases/{first}']"));
    }

    [Fact]
    public async Task LeavingThePage_EndsItsSubscription()
    {
        var id = await portal.StartAsync();
        await using var stage = new Stage(portal, Street);
        stage.Open($"/cases/{id}");
        Assert.Equal(1, portal.Get<Feed>().CountSubscribers(Topic.Case(id)));

        await stage.GoAsync("/");

        Assert.Equal(0, portal.Get<Feed>().CountSubscribers(Topic.Case(id)));
    }

    [Fact]
    public async Task AUnitChosenToHelp_AndThenToLead_OnlyLeads()
    {
        var id = await portal.RegisterAsync();
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open($"/cases/{id}?do=dispatch");

        await page.InvokeAsync(() => page.Find($"input[name='unit:{EnergyOffice}']").Change(true));
        await page.InvokeAsync(() => page.Find("select[name=lead]").Change(EnergyOffice.Value));
        await page.InvokeAsync(() => page.Find("form.action").SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Dispatched", page.Find(".title-row .badge").GetAttribute("data-status")));
        var dispatched = Assert.IsType<CaseDispatched>(await LastAsync(id));
        Assert.Equal((EnergyOffice, 0), (dispatched.Lead, dispatched.CoUnits.Count));
    }

    private static IReadOnlyList<string> Offers(IRenderedComponent<Web.Components.Routes> page) =>
        [.. page.FindAll(".act-buttons .button").Select(Reading.Caption)];

    private async Task<LogEvent> LastAsync(Guid id) => (await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop))[^1].Event;
}
