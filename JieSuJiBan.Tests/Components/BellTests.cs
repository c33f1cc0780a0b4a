using Bunit;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Realtime;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>The bell in the head of every page, and the home page under it.</summary>
public class BellTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task AWhistleForMyUnit_RingsOnce_AndStandsOnTheHomePage_UntilItIsAnswered()
    {
        await using var energy = new Stage(portal, Energy);
        await using var water = new Stage(portal, Water);
        var (page, elsewhere) = (energy.Open("/"), water.Open("/"));
        var (before, waiting) = (Alarms(page), Summons(page));

        var whistle = await portal.SoundAsync(brief: Brief with { Title = "充电桩选址" });

        page.WaitForAssertion(() => Assert.Equal((before + 1, waiting + 1), (Alarms(page), Summons(page))));
        Assert.Contains("充电桩选址", page.Find(".alarm-card").TextContent, StringComparison.Ordinal);
        Assert.Equal([$"/whistles/{whistle}"], Rung(energy));
        Assert.NotEmpty(page.FindAll($".waiting a[href='/whistles/{whistle}']"));

        await portal.InRoomAsync(whistle, Energy, room => room.Respond(null, null, Energy, portal.Clock.GetUtcNow()));
        page.WaitForAssertion(() => Assert.Equal((before, waiting), (Alarms(page), Summons(page))));
        Assert.Single(Rung(energy));

        Assert.Equal(0, Alarms(elsewhere));
        Assert.Empty(Rung(water));
    }

    [Fact]
    public async Task ABrowserThatHasHeardNothingYet_ShowsWhatSoundedBefore_AndSoundsAnEmergencyOnly()
    {
        await portal.SoundAsync();
        await using (var stage = new Stage(portal, Power))
        {
            var page = stage.Open("/");
            Assert.NotEqual(0, Alarms(page));
            Assert.Empty(page.FindAll(".alarm-card"));
            Assert.Empty(Rung(stage));
        }

        var emergency = await portal.DraftAsync(brief: Brief with { Kind = WhistleKind.Emergency });
        await portal.InRoomAsync(emergency, Street, room => room.SoundAtOnce(Rules, Street, portal.Clock.GetUtcNow()));
        await using var later = new Stage(portal, Power);
        later.Open("/").WaitForAssertion(() => Assert.Equal([$"/whistles/{emergency}"], Rung(later)));

        // A new browser hears an emergency; nobody else's test is to hear this one.
        await portal.InRoomAsync(emergency, Energy, room => room.Respond(null, null, Energy, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(emergency, Power, room => room.Respond(null, null, Power, portal.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task WhatSoundedWhileThePageWasAway_IsHeardOnce_WhenItComesBack()
    {
        await portal.SoundAsync();
        await using var back = new Stage(portal, Power);
        back.JSInterop.Setup<string[]?>("portal.heardBefore", _ => true).SetResult([]);

        var page = back.Open("/");
        page.WaitForElement(".alarm-card");
        Assert.Single(Rung(back));

        var remembered = (string[])back.JSInterop.Invocations["portal.badge"][^1].Arguments[2]!;
        await using var reloaded = new Stage(portal, Power);
        reloaded.JSInterop.Setup<string[]?>("portal.heardBefore", _ => true).SetResult(remembered);
        Assert.NotEqual(0, Alarms(reloaded.Open("/")));
        Assert.Empty(Rung(reloaded));
    }

    [Fact]
    public async Task TheCard_GoesWhenItIsRead()
    {
        await using var stage = new Stage(portal, Energy);
        var page = stage.Open("/");
        await portal.SoundAsync();
        page.WaitForElement(".alarm-card");

        await page.InvokeAsync(() => page.Find("button.alarm-close").ClickAsync(new()));

        Assert.Empty(page.FindAll(".alarm-card"));
    }

    [Fact]
    public async Task ACaseForMyUnit_AppearsOnTheHomePage_AndGoesOnceAccepted()
    {
        await using var stage = new Stage(portal, Street);
        var page = stage.Open("/");

        var id = await portal.DispatchAsync();
        page.WaitForAssertion(() => Assert.Contains("待签收", GroupOf(page, id), StringComparison.Ordinal));

        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        page.WaitForAssertion(() => Assert.Contains("待首次联系", GroupOf(page, id), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACaseDispatchedToTwo_IsOnTheHomePageOfBoth()
    {
        var id = await portal.RegisterAsync();
        await using var stage = new Stage(portal, Energy);
        var page = stage.Open("/");

        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(
            new DispatchOrder(Mafang, [EnergyOffice], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));

        page.WaitForAssertion(() => Assert.Contains("请协助办理", GroupOf(page, id), StringComparison.Ordinal));
        await using var street = new Stage(portal, Street);
        Assert.Contains("待签收", GroupOf(street.Open("/"), id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWaitsForTheDistrictsLeader_IsKnownTox()
    {
        var whistle = await portal.SoundAsync(await portal.StartAsync());
        await using var stage = new Stage(portal, Dispatcher);
        var page = stage.Open("/");

        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Escalation, "需区级协调"), Rules, Street, portal.Clock.GetUtcNow()));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll($"section.waiting[aria-labelledby='g-待区领导决定'] a[href='/whistles/{whistle}']")));
    }

    [Fact]
    public async Task WhoLeavesThePortal_IsWokenNoMore()
    {
        var feed = portal.Get<Feed>();
        var before = feed.CountSubscribers(Topic.Unit(WaterOffice));
        await using var stage = new Stage(portal, Water);
        stage.Open("/");
        Assert.Equal(before + 2, feed.CountSubscribers(Topic.Unit(WaterOffice)));

        await stage.DisposeComponentsAsync();

        Assert.Equal(before, feed.CountSubscribers(Topic.Unit(WaterOffice)));
    }

    private static int Alarms(IRenderedComponent<Routes> page) =>
        int.Parse(page.Find(".bell").GetAttribute("data-alarms")!, System.Globalization.CultureInfo.InvariantCulture);

    private static int Summons(IRenderedComponent<Routes> page) => page.FindAll("section.waiting[aria-labelledby='g-哨声：请响应'] li").Count;

    private static string GroupOf(IRenderedComponent<Routes> page, Guid caseId) =>
        page.FindAll("section.waiting").FirstOrDefault(group => group.QuerySelector($"a[href='/cases/{caseId}']") is not null)?.QuerySelector("h2")!.TextContent ?? "";

    private static IReadOnlyList<string?> Rung(Stage stage) => [.. stage.JSInterop.Invocations["portal.alarm"].Select(call => (string?)call.Arguments[2])];
}
