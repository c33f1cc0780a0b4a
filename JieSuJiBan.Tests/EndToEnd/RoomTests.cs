using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>Two and three people in one room, each at a browser of his own.</summary>
public sealed class RoomTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task ThreePeopleTalkAtOnce_EveryRoomShowsTheSame_InOrder() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        var people = new[] { await portal.SignInAsync(Street), await portal.SignInAsync(Energy), await portal.SignInAsync(Power, width: 390) };
        foreach (var person in people)
        {
            await person.OpenRoomAsync(whistle);
        }

        await Task.WhenAll(people.Select(async person =>
        {
            for (var n = 0; n < 4; n++)
            {
                await person.SayAsync($"{person.Actor!.UserId} {n}");
            }
        }));

        var told = new List<string>();
        foreach (var person in people)
        {
            await Assertions.Expect(person.Page.Locator(".talk:not(.outbox) .msg")).ToHaveCountAsync(12);
            await Assertions.Expect(person.Page.Locator("[data-pending]")).ToHaveCountAsync(0);
            told.Add(string.Join('|', await person.Page.Locator(".talk:not(.outbox) .msg-text").AllInnerTextsAsync()));
        }

        Assert.Single(told.Distinct());
    });

    [Fact]
    public Task WhoIsHere_AndWhoHasSeenTheAsk_IsVisible() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.SoundAsync();
        var street = await portal.SignInAsync(Street);
        await street.OpenRoomAsync(whistle);
        var unit = street.Page.Locator($"[data-unit='{EnergyOffice}']");
        await Assertions.Expect(unit).ToContainTextAsync("还没有人看过");

        var energy = await portal.SignInAsync(Energy);
        await energy.OpenRoomAsync(whistle);

        await Assertions.Expect(unit.Locator(".person")).ToHaveTextAsync("徐明远");
        await Assertions.Expect(unit).ToContainTextAsync("已看：徐明远");
        await energy.GoAsync("/");
        await Assertions.Expect(unit.Locator(".person")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task APhoto_IsPastedInOneRoom_AndShownInTheOther() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        var (energy, street) = (await portal.SignInAsync(Energy), await portal.SignInAsync(Street));
        await energy.OpenRoomAsync(whistle);
        await street.OpenRoomAsync(whistle);

        await energy.Page.Locator(".composer [data-files]").SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = Pictures.PngWithSecrets() });
        await energy.Page.GetByRole(AriaRole.Button, new() { Name = "× 现场.png" }).WaitForAsync();
        await energy.SayAsync("看这张");

        var image = street.Page.Locator(".msg img");
        await image.WaitForAsync();
        Assert.True(await image.EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 0)"));
        var bytes = await street.Page.APIRequest.GetAsync(new Uri(portal.Line.Address, await image.GetAttributeAsync("src")).ToString());
        Assert.DoesNotContain("Secret", System.Text.Encoding.Latin1.GetString(await bytes.BodyAsync()), StringComparison.Ordinal);
    });

    [Fact]
    public Task AFileThatIsNotTaken_IsRefusedBesideIt_AndTheTextStays() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        var energy = await portal.SignInAsync(Energy);
        await energy.OpenRoomAsync(whistle);
        await energy.FillAsync("发言", "附件如下");

        await energy.Page.Locator(".composer [data-files]").SetInputFilesAsync(new FilePayload { Name = "程序.png", MimeType = "image/png", Buffer = [.. "MZ not a picture"u8] });

        await energy.Page.GetByText("程序.png：只接收图片").WaitForAsync();
        await Assertions.Expect(energy.Page.GetByLabel("发言")).ToHaveValueAsync("附件如下");
    });

    [Fact]
    public Task NavigationInsideACircuit_IsGuardedLikeHttp() => portal.PlayAsync(async () =>
    {
        var foreign = await portal.Portal.SoundAsync();
        var foreignCase = await portal.Portal.StartAsync();
        var water = await portal.SignInAsync(Water);
        await water.ReadyAsync();

        foreach (var path in new[] { $"/whistles/{foreign}", $"/cases/{foreignCase}", $"/cases/{foreignCase}/report", $"/whistles/{Guid.Empty}", $"/cases/{Guid.NewGuid()}", "/inbox", "/admin/officers", $"/whistles/{foreign}/edit" })
        {
            await water.Page.EvaluateAsync("() => { window.sameDocument = true; }");
            await water.Page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
            await water.Page.GetByRole(AriaRole.Heading, new() { Name = "没有找到" }).WaitForAsync();
            Assert.True(await water.Page.EvaluateAsync<bool>("() => window.sameDocument === true"), $"{path} left the circuit");
            await water.Page.EvaluateAsync("() => Blazor.navigateTo('/')");
            await water.Page.GetByRole(AriaRole.Heading, new() { Name = "待我办理" }).WaitForAsync();
        }
    });

    [Fact]
    public Task APostThatEnds_EndsInTheOpenRoom_AtOnce() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        var power = await portal.SignInAsync(Power);
        await power.OpenRoomAsync(whistle);
        try
        {
            await SetPostAsync(ended: true);

            await portal.Portal.SayAsync(whistle, Street, "他不该看到");

            await power.Page.GetByRole(AriaRole.Heading, new() { Name = "没有找到" }).WaitForAsync();
            await Assertions.Expect(power.Page.GetByText("他不该看到")).ToHaveCountAsync(0);
        }
        finally
        {
            await SetPostAsync(ended: false);
        }

        async Task SetPostAsync(bool ended)
        {
            await using var db = await portal.Portal.OpenDatabaseAsync();
            var at = ended ? (DateTimeOffset?)Morning : null;
            await db.Posts.Where(post => post.UserId == Power.UserId).ExecuteUpdateAsync(set => set.SetProperty(post => post.EndedAt, at), Stop);
            await portal.Portal.Get<PostBook>().LoadAsync(Stop);
        }
    });

    [Fact]
    public Task ADecisionWithAnOldSignIn_AsksForThePassword_AndOnlyTheRightOneWillDo() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.DraftAsync();
        await portal.Portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        var head = await portal.SignInAsync(StreetHead, width: 390);
        await head.GoAsync("/inbox");
        await head.ReadyAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        var form = head.Page.Locator(".decision").Last;

        await form.GetByLabel("批示").FillAsync("同意，尽快。");
        await form.GetByRole(AriaRole.Button, new() { Name = "同意吹哨" }).ClickAsync();
        await form.GetByLabel("请再次输入密码").FillAsync("wrong-password");
        await form.GetByRole(AriaRole.Button, new() { Name = "同意吹哨" }).ClickAsync();
        await form.GetByText("密码不正确。").WaitForAsync();
        await Assertions.Expect(form.GetByLabel("批示")).ToHaveValueAsync("同意，尽快。");
        await form.GetByLabel("请再次输入密码").FillAsync(PortalFixture.Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "同意吹哨" }).ClickAsync();

        await Eventually.IsTrueAsync(() => portal.Portal.Get<JieSuJiBan.Web.Whistles.WhistleDesk>().FindAsync(whistle, Street, Stop).GetAwaiter().GetResult()!.Stage == WhistleStage.Sounded, Stop);
    });

    [Fact]
    public Task TheOfficialSignalRClient_WatchesCatchesUpAndPosts() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        var energy = await portal.SignInAsync(Energy);
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Support", "signalr.min.js"), Stop);
        await energy.Page.EvaluateAsync(script);

        await energy.Page.EvaluateAsync("""
            async whistle => {
                window.heard = [];
                const hub = new signalR.HubConnectionBuilder().withUrl('/hubs/whistles').withAutomaticReconnect().build();
                hub.on('Grown', (id, entries) => window.heard.push(...entries));
                await hub.start();
                window.hub = hub;
                window.page = await hub.invoke('Watch', whistle, 0);
                window.answer = await hub.invoke('Post', whistle, 'key-1', '官方客户端的话');
            }
            """, whistle.ToString());
        await portal.Portal.SayAsync(whistle, Street, "回官方客户端");

        await energy.Page.WaitForFunctionAsync("() => window.heard.some(entry => entry.event.text === '回官方客户端')");
        Assert.True(await energy.Page.EvaluateAsync<bool>("() => window.answer.done && window.page.entries.length === window.page.sequence"));
        var sequences = await energy.Page.EvaluateAsync<int[]>("() => window.heard.map(entry => entry.sequence)");
        Assert.Equal(sequences.Order(), sequences);
        Assert.Equal(sequences.Distinct(), sequences);
        Assert.Equal("WebSockets", await energy.Page.EvaluateAsync<string>("() => window.hub.connection.transport.constructor.name.includes('WebSocket') || window.hub.connection.features ? 'WebSockets' : ''"));
    });

    [Fact]
    public Task EarlierEntries_AreFetchedWhenAskedFor() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.ConferAsync();
        await Task.WhenAll(Enumerable.Range(0, 450).Select(n => portal.Portal.SayAsync(whistle, Energy, $"第{n}句")));
        var street = await portal.SignInAsync(Street);
        await street.OpenRoomAsync(whistle);
        await Assertions.Expect(street.Page.Locator(".talk > li[data-seq]")).ToHaveCountAsync(200);

        for (var more = 0; more < 3; more++)
        {
            await street.Page.Locator("[data-earlier]").ClickAsync();
            await Assertions.Expect(street.Page.Locator(".talk > li[data-seq]")).ToHaveCountAsync(Math.Min(456, 300 + (more * 100)));
        }

        var sequences = await street.Page.Locator(".talk > li[data-seq]").EvaluateAllAsync<int[]>("items => items.map(item => Number(item.dataset.seq))");
        Assert.Equal(Enumerable.Range(1, 456), sequences);
        await Assertions.Expect(street.Page.Locator("[data-earlier]")).ToHaveCountAsync(0);
    });
}
