using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>How notices leave the portal: as one wishes, not in the quiet hours, summed up, at least once, and to nobody inside.</summary>
public sealed class NoticeSendingTests(NoticePortal portal) : IClassFixture<NoticePortal>, IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await portal.SettleAsync();
        portal.Clock.Set(Morning);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AMail_SaysWhatAndWhere_Once()
    {
        await portal.WishAsync(Street);
        var id = await portal.DispatchAsync();

        await portal.TickAsync();
        await portal.TickAsync();

        var notice = Assert.Single(await portal.NoticesOfAsync(Street));
        var mail = Assert.Single(portal.Mail.Mails);
        Assert.Equal(("mafang@example.org", "收到派单", $"<{notice.Id:N}@example.org>"), (mail.To, mail.Subject, mail.Id));
        Assert.StartsWith($"{notice.Number} · 区指挥中心\nhttp://localhost:5080/cases/{id}", mail.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoGaveNoAddress_OrDoesNotWantIt_GetsNoMail()
    {
        await portal.WishAsync(Energy, wishes => wishes.Want(NoticeWay.Mail, NoticeKind.Whistle, false));
        await portal.WishAsync(Street);
        await portal.SoundAsync();

        await portal.TickAsync();

        Assert.Equal(["mafang@example.org"], portal.Mail.Mails.Select(mail => mail.To));
        Assert.Single(await portal.NoticesOfAsync(Energy));
        Assert.Single(await portal.NoticesOfAsync(Power));
    }

    [Theory]
    [InlineData("keine Adresse", null, null, "notice.mail")]
    [InlineData("Name <a@example.org>", null, null, "notice.mail")]
    [InlineData("a@example.org\r\nBcc: b@example.org", null, null, "notice.mail")]
    [InlineData("a@example.org", "22:00", null, "notice.quiet")]
    [InlineData("a@example.org", "22:00", "07:00", null)]
    [InlineData("  ", null, null, null)]
    public async Task Wishes_AreChecked(string mail, string? from, string? to, string? refused)
    {
        var wishes = new NoticeSettings { UserId = Street.UserId, Mail = mail, QuietFrom = from is null ? null : TimeOnly.Parse(from, CultureInfo.InvariantCulture), QuietTo = to is null ? null : TimeOnly.Parse(to, CultureInfo.InvariantCulture) };

        Assert.Equal(refused, (await portal.Get<NoticeDesk>().SaveSettingsAsync(wishes, Street)).Refusal?.Code);
    }

    [Theory]
    [InlineData("22:00", "07:00", "2026-03-02T22:00", "2026-03-03T07:00")]
    [InlineData("22:00", "07:00", "2026-03-03T06:59", "2026-03-03T07:00")]
    [InlineData("22:00", "07:00", "2026-03-03T07:00", null)]
    [InlineData("12:00", "14:00", "2026-03-02T13:00", "2026-03-02T14:00")]
    [InlineData("12:00", "14:00", "2026-03-02T11:59", null)]
    [InlineData("07:00", "07:00", "2026-03-02T07:00", null)]
    public void QuietHours_EndInBeijing(string from, string to, string now, string? until)
    {
        var wishes = new NoticeSettings { UserId = "", QuietFrom = TimeOnly.Parse(from, CultureInfo.InvariantCulture), QuietTo = TimeOnly.Parse(to, CultureInfo.InvariantCulture) };

        Assert.Equal(until is null ? null : DateTimeOffset.Parse($"{until}+08:00", CultureInfo.InvariantCulture), wishes.QuietUntil(DateTimeOffset.Parse($"{now}+08:00", CultureInfo.InvariantCulture).ToUniversalTime()));
    }

    [Fact]
    public async Task QuietHours_HoldBackAllButEmergencies_AndWhatIsSeenMeanwhileIsNotSent()
    {
        foreach (var person in new[] { Street, Energy })
        {
            await portal.WishAsync(person, wishes => (wishes.QuietFrom, wishes.QuietTo) = (new TimeOnly(8, 0), new TimeOnly(10, 0)));
        }

        await portal.DispatchAsync();
        var seen = await portal.SoundAsync();
        var emergency = await portal.DraftAsync(brief: Brief with { Kind = WhistleKind.Emergency });
        await portal.InRoomAsync(emergency, Street, room => room.SoundAtOnce(Rules, Street, Now));
        await portal.TickAsync();
        var first = Assert.Single(portal.Mail.Mails);
        Assert.Equal(("cgw@example.org", "【应急】哨声召集本单位"), (first.To, first.Subject));

        var notice = (await portal.NoticesOfAsync(Energy)).Single(notice => notice.Stream == seen);
        await portal.Get<NoticeDesk>().SeeAsync(notice.Id, Energy);
        await portal.Get<NoticeDesk>().SeeAsync(null, StreetHead);  // or it would be the officer's to sign
        portal.Clock.Set(Morning.AddMinutes(59));
        await portal.TickAsync();
        Assert.Single(portal.Mail.Mails);

        portal.Clock.Set(Morning.AddMinutes(60));
        await portal.TickAsync();
        Assert.Equal(["mafang@example.org", "mafang@example.org"], portal.Mail.Mails.Skip(1).Select(mail => mail.To));
    }

    [Fact]
    public async Task Many_AreSummedUp_AndLaterOnesJoinThem()
    {
        await portal.WishAsync(Street);
        for (var n = 0; n < 6; n++)
        {
            await portal.DispatchAsync();
        }

        await portal.TickAsync();
        await portal.DispatchAsync();
        await portal.TickAsync();

        Assert.Equal("收到派单：6件", Assert.Single(portal.Mail.Mails).Subject);
        var desk = portal.Get<NoticeDesk>();
        var sum = Assert.Single((await desk.ListAsync(Street, null, 1, Stop)).Notices);
        Assert.Equal((7, $"/notices?sum={sum.Id}", 1), (sum.Count, sum.Link, await desk.CountUnseenAsync(Street, Stop)));
        Assert.Equal(7, (await desk.ListAsync(Street, sum.Id, 1, Stop)).Notices.Count);

        await desk.SeeAsync(sum.Id, Street);
        await portal.DispatchAsync();
        await portal.TickAsync();
        Assert.Equal(["收到派单：6件", "收到派单"], portal.Mail.Mails.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task AFew_AreNotSummedUp()
    {
        await portal.WishAsync(Street);
        for (var n = 0; n < 5; n++)
        {
            await portal.DispatchAsync();
        }

        await portal.TickAsync();

        Assert.Equal(5, portal.Mail.Mails.Count);
    }

    [Fact]
    public async Task AServerInTrouble_IsTriedAgainLater()
    {
        await portal.WishAsync(Street);
        portal.Mail.Answer = _ => 451;
        await portal.DispatchAsync();
        await portal.TickAsync();
        await portal.TickAsync();
        Assert.Equal((SendState.Waiting, 1), Of(Assert.Single(await portal.SendsAsync())));

        portal.Mail.Answer = _ => 250;
        portal.Clock.Advance(TimeSpan.FromSeconds(12));
        await portal.TickAsync();

        Assert.Single(portal.Mail.Mails);
        Assert.Equal((SendState.Sent, 2), Of(Assert.Single(await portal.SendsAsync())));
    }

    [Fact]
    public async Task AServerThatSaysNo_IsAskedThreeTimes()
    {
        await portal.WishAsync(Street);
        portal.Mail.Answer = _ => 550;
        await portal.DispatchAsync();

        for (var n = 0; n < 5; n++)
        {
            await portal.TickAsync();
            portal.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal((SendState.Dead, 3), Of(Assert.Single(await portal.SendsAsync())));
    }

    [Fact]
    public async Task ANodeThatDiesWhileSending_LeavesItToAnother()
    {
        await portal.WishAsync(Street);
        await portal.DispatchAsync();
        await portal.Get<NoticePlanner>().PlanAsync(Stop);
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.NoticeSends.ExecuteUpdateAsync(update => update.SetProperty(send => send.LeasedUntil, Now.AddMinutes(2)), Stop);
        }

        await portal.TickAsync();
        Assert.Empty(portal.Mail.Mails);

        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await portal.TickAsync();
        Assert.Single(portal.Mail.Mails);
    }

    [Fact]
    public async Task TwoNodesAtOnce_PlanAndSendEachNoticeOnce()
    {
        var others = (Planner: Another(), Sender: AnotherSender());
        using var _ = others.Sender;
        foreach (var person in new[] { Street, Energy, Power, StreetHead })
        {
            await portal.WishAsync(person);
        }

        for (var n = 0; n < 5; n++)
        {
            await portal.SoundAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => (n % 2 == 0 ? portal.Get<NoticePlanner>() : others.Planner).PlanAsync(Stop), Stop)));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => (n % 2 == 0 ? portal.Get<NoticeSender>() : others.Sender).SendDueAsync(Stop), Stop)));
        await portal.TickAsync();

        Assert.Equal(20, portal.Mail.Mails.Count);
        Assert.Equal(20, portal.Mail.Mails.Select(mail => mail.Id).Distinct().Count());
    }

    [Fact]
    public async Task APush_IsEncryptedAndSigned_AndABrowserThatIsGoneIsForgotten()
    {
        await using var service = await Receiver.StartAsync();
        await SubscribeAsync(service.Url);
        await portal.DispatchAsync();
        await portal.TickAsync();

        var heard = Assert.Single(service.Messages);
        Assert.Equal(("aes128gcm", "86400", "normal"), (heard.Headers["Content-Encoding"], heard.Headers["TTL"], heard.Headers["Urgency"]));
        Assert.EndsWith($", k={portal.Get<Vapid>().PublicKey}", heard.Headers["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("派单", heard.Body, StringComparison.Ordinal);

        service.Status = 410;
        await portal.DispatchAsync();
        await portal.TickAsync();
        Assert.Equal(0, await portal.Get<PushDesk>().CountAsync(Street, Stop));
        await portal.DispatchAsync();
        await portal.TickAsync();
        Assert.Equal(2, service.Messages.Count);
    }

    [Fact]
    public async Task ABrowser_ThatSubscribes_IsSignedIn_AndGivesAPointOfTheCurve()
    {
        var good = new { endpoint = "https://push.example.org/1", keys = new { p256dh = PointText(), auth = "BTBZMqHH6r4Tts7J_aSIgg" } };
        Assert.NotEqual(HttpStatusCode.NoContent, (await portal.CreateClientFor(null).PostAsJsonAsync("/account/push", good, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await portal.CreateClientFor(Street).PostAsJsonAsync("/account/push", good, Stop)).StatusCode);  // no token

        var desk = portal.Get<PushDesk>();
        Assert.Equal("push.wrong", (await desk.SubscribeAsync("https://push.example.org/1", "BAAA", good.keys.auth, Street)).Refusal?.Code);
        Assert.Equal("push.wrong", (await desk.SubscribeAsync("https://push.example.org/1", System.Buffers.Text.Base64Url.EncodeToString([4, .. new byte[64]]), good.keys.auth, Street)).Refusal?.Code);
        Assert.Equal("push.wrong", (await desk.SubscribeAsync("file:///etc/passwd", good.keys.p256dh, good.keys.auth, Street)).Refusal?.Code);

        Assert.Equal("push.wrong", (await desk.SubscribeAsync("https://hooks.example.org/anything", good.keys.p256dh, good.keys.auth, Street)).Refusal?.Code);  // allowed for others
        Assert.Equal("push.wrong", (await desk.SubscribeAsync("http://push.example.org/1", good.keys.p256dh, good.keys.auth, Street)).Refusal?.Code);

        Assert.Null((await desk.SubscribeAsync(good.endpoint, good.keys.p256dh, good.keys.auth, Street)).Refusal);
        Assert.Null((await desk.SubscribeAsync(good.endpoint, good.keys.p256dh, good.keys.auth, Energy)).Refusal);
        Assert.Equal((0, 1), (await desk.CountAsync(Street, Stop), await desk.CountAsync(Energy, Stop)));
    }

    [Fact]
    public async Task APushService_InTheInnerNetwork_IsNotCalled()
    {
        await SubscribeAsync("https://10.0.0.1/push");
        await portal.DispatchAsync();

        for (var n = 0; n < 4; n++)
        {
            await portal.TickAsync();
            portal.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal((SendState.Dead, 3), Of(Assert.Single(await portal.SendsAsync())));
    }

    [Fact]
    public async Task AGateway_IsToldByAccount_Signed()
    {
        await using var receiver = await Receiver.StartAsync();
        var gateway = new Gateway(Options.Create(new NoticeOptions { Gateway = receiver.Url, GatewaySecret = "geheim" }), portal.Get<Courier>(), portal.Clock);
        await portal.DispatchAsync();
        var letter = portal.Get<NoticeLetters>().Write(Assert.Single(await portal.NoticesOfAsync(Street)));

        Assert.Equal(Arrival.Taken, await gateway.SendAsync("mafang", letter, Stop));

        var heard = Assert.Single(receiver.Messages);
        Assert.Equal(Courier.Sign("geheim", Now.ToUnixTimeSeconds(), heard.Body), heard.Headers["X-Jsjb-Signature"]);
        var body = JsonNode.Parse(heard.Body)!;
        Assert.Equal(("mafang", "Dispatched", "收到派单", false), (body["to"]!.GetValue<string>(), body["kind"]!.GetValue<string>(), body["title"]!.GetValue<string>(), body["emergency"]!.GetValue<bool>()));
        receiver.Status = 503;
        Assert.Equal(Arrival.Later, await gateway.SendAsync("mafang", letter, Stop));

        using var strict = new Courier(Options.Create(new WebhookOptions()), portal.Clock);
        var inside = new Gateway(Options.Create(new NoticeOptions { Gateway = receiver.Url }), strict, portal.Clock);
        Assert.NotEqual(Arrival.Taken, await inside.SendAsync("mafang", letter, Stop));
        Assert.Equal(2, receiver.Messages.Count);
    }

    private static (SendState, int) Of(NoticeSend send) => (send.State, send.Tries);

    private static string PointText()
    {
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return System.Buffers.Text.Base64Url.EncodeToString(PushCipher.Point.Write(browser.ExportParameters(false)));
    }

    private async Task SubscribeAsync(string endpoint) =>
        Assert.Null((await portal.Get<PushDesk>().SubscribeAsync(endpoint, PointText(), "BTBZMqHH6r4Tts7J_aSIgg", Street)).Refusal);

    private NoticePlanner Another() => new(
        portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<JieSuJiBan.Web.Accounts.PostBook>(), portal.Get<Feed>(), portal.Get<Mailer>(), portal.Get<Gateway>(),
        portal.Get<IOptions<NoticeOptions>>(), portal.Clock, portal.Get<ILogger<NoticePlanner>>());

    private NoticeSender AnotherSender() => new(
        portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<JieSuJiBan.Web.Accounts.PostBook>(), Another(), portal.Get<NoticeLetters>(), portal.Get<Mailer>(), portal.Get<Gateway>(), portal.Get<PushDesk>(),
        portal.Get<Feed>(), portal.Get<IOptions<NoticeOptions>>(), portal.Clock, portal.Get<ILogger<NoticeSender>>());
}
