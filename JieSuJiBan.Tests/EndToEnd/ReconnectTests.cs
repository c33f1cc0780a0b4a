using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Log;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>
/// The line drops, in every way lines do. Afterwards the page is at the same place with the unsent draft, has what was said meanwhile,
/// and what was sent into the cut is said once. How long it takes is a measurement: bench reconnect.
/// </summary>
public sealed class ReconnectTests
{
    private const string Draft = "还没写完的半句话";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task AfterAShortCut_ThePageGoesOn() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        portal.Line.Cut();
        await WhileCutAsync(portal, person, whistle);
        portal.Line.Restore();

        await BackAsync(person, whistle, portal, reloaded: false);
    });

    [Fact]
    public Task AfterALineThatWentSilent_ThePageNoticesAndGoesOn() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        portal.Line.Silence();
        await WhileCutAsync(portal, person, whistle);
        portal.Line.Restore();

        await BackAsync(person, whistle, portal, reloaded: false);
    });

    [Fact]
    public Task AfterACutLongerThanTheCircuitLives_ThePageComesBackWhereItWas() => PlayAsync(TimeSpan.FromMilliseconds(200), async (portal, person, whistle) =>
    {
        portal.Line.Cut();
        await WhileCutAsync(portal, person, whistle);
        portal.Line.Restore();

        await BackAsync(person, whistle, portal, reloaded: true);
    });

    [Fact]
    public Task AfterTheServerRestarted_ThePageComesBackWhereItWas() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        await portal.StopAsync();
        await person.Page.Locator("html[data-line=lost]").WaitForAsync();
        await person.SayAsync("断线时发的话");
        await person.FillAsync("发言", Draft);
        portal.Start();
        await portal.Portal.SayAsync(whistle, Street, "断线时别人的话");

        await BackAsync(person, whistle, portal, reloaded: true);
    });

    [Fact]
    public Task AFormThatIsHalfFilledIn_SurvivesTheServersRestart() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        await person.GoAsync($"/whistles/{whistle}?do=commit");
        await person.ReadyAsync();
        await person.FillAsync("措施", "写了一半的措施");
        await person.FillAsync("责任人", "能源科 徐工");

        await portal.RestartAsync();
        await portal.Portal.SayAsync(whistle, Street, "重启之后");

        await person.HearsAsync("重启之后");
        await Assertions.Expect(person.Page.GetByLabel("措施")).ToHaveValueAsync("写了一半的措施");
        await Assertions.Expect(person.Page.GetByLabel("责任人")).ToHaveValueAsync("能源科 徐工");
        await person.FillAsync("完成时限", "2026-03-08T18:00");
        await person.Button("承诺").ClickAsync();
        await person.Page.Locator(".resolutions").GetByText("写了一半的措施").WaitForAsync();
    });

    [Fact]
    public Task PresenceFollowsTheLine() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        var street = await portal.SignInAsync(Street);
        await street.OpenRoomAsync(whistle);
        var people = street.Page.Locator($"[data-unit='{EnergyOffice}'] .person");
        await Assertions.Expect(people).ToHaveTextAsync(Energy.Name);

        await person.Page.Context.CloseAsync();

        await Assertions.Expect(people).ToHaveCountAsync(0, new() { Timeout = 15_000 });
    });

    [Fact]
    public Task AMessageWhoseAnswerWasLost_IsSaidOnce() => PlayAsync(TimeSpan.FromMinutes(3), async (portal, person, whistle) =>
    {
        // Out it goes, and the line falls silent before the answer is back.
        await person.FillAsync("发言", "只说一次");
        await person.Page.EvaluateAsync("() => document.querySelector('[data-send]').click()");
        portal.Line.Silence();
        await Eventually.IsTrueAsync(() => CountAsync(portal, whistle, "只说一次").GetAwaiter().GetResult() <= 1, Stop);
        portal.Line.Restore();

        await person.HearsAsync("只说一次");
        await Assertions.Expect(person.Page.Locator("[data-pending]")).ToHaveCountAsync(0);
        Assert.Equal(1, await CountAsync(portal, whistle, "只说一次"));
    });

    private static async Task WhileCutAsync(LivePortal portal, Person person, Guid whistle)
    {
        await person.Page.Locator("html[data-line=lost]").WaitForAsync();
        await Assertions.Expect(person.Page.Locator("#line")).ToContainTextAsync("您写的内容已保存");
        await person.SayAsync("断线时发的话");
        await Assertions.Expect(person.Page.Locator("[data-pending]")).ToContainTextAsync("断线时发的话");
        await person.FillAsync("发言", Draft);
        await portal.Portal.SayAsync(whistle, Street, "断线时别人的话");
    }

    private static async Task BackAsync(Person person, Guid whistle, LivePortal portal, bool reloaded)
    {
        await person.HearsAsync("断线时别人的话");
        await person.HearsAsync("断线时发的话");
        await Assertions.Expect(person.Page.Locator("[data-pending]")).ToHaveCountAsync(0);
        await Assertions.Expect(person.Page.GetByLabel("发言")).ToHaveValueAsync(Draft);
        Assert.Equal(reloaded, await person.Page.EvaluateAsync<bool>("() => !window.sameDocument"));

        // Nothing lost, nothing doubled, in order; and the page is alive.
        Assert.Equal(1, await CountAsync(portal, whistle, "断线时发的话"));
        var sequences = await person.Page.Locator(".talk > li[data-seq]").EvaluateAllAsync<int[]>("items => items.map(item => Number(item.dataset.seq))");
        Assert.Equal(Enumerable.Range(1, sequences.Length), sequences);
        await person.Button("发送").ClickAsync();
        await person.HearsAsync(Draft);
    }

    private static async Task<int> CountAsync(LivePortal portal, Guid whistle, string text) =>
        (await portal.Portal.Get<LogBook>().ReadAfterAsync(whistle, 0, cancellationToken: Stop)).Count(entry => entry.Event is MessagePosted message && message.Text == text);

    private static async Task PlayAsync(TimeSpan circuitLife, Func<LivePortal, Person, Guid, Task> scene)
    {
        await using var portal = new LivePortal { CircuitLife = circuitLife };
        await portal.InitializeAsync();
        await portal.PlayAsync(async () =>
        {
            var whistle = await portal.Portal.ConferAsync();
            var person = await portal.SignInAsync(Energy);
            await person.OpenRoomAsync(whistle);
            await person.Page.EvaluateAsync("() => { window.sameDocument = true; }");
            await scene(portal, person, whistle);
        });
    }
}
