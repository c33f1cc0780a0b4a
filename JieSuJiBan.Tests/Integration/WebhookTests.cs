using System.Net;
using System.Text.Json.Nodes;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Messages to other systems: written with the entry, signed, sent in order, tried again, given up, never sent inside.</summary>
public class WebhookTests(WebhookTests.AllowingPortal portal) : IClassFixture<WebhookTests.AllowingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WebhookDesk Desk => portal.Get<WebhookDesk>();

    private WebhookSender Sender => portal.Get<WebhookSender>();

    [Fact]
    public async Task AnEvent_ReachesTheReceiver_Signed_WithNothingOfWhatPeopleWrote()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await SubscribeAsync(receiver, "case.dispatched");
        var caseId = await portal.DispatchAsync();

        await Sender.SendDueAsync(Stop);

        var heard = Assert.Single(receiver.Messages);
        Assert.Equal(("/hook", "case.dispatched", "application/json; charset=utf-8"), (heard.Path, heard.Event, heard.Headers["Content-Type"]));
        Assert.Equal(Courier.Sign(secret, Timestamp(heard), heard.Body), heard.Headers["X-Jsjb-Signature"]);
        Assert.Equal(portal.Clock.GetUtcNow().ToUnixTimeSeconds(), Timestamp(heard));
        Assert.True(Guid.TryParse(heard.Headers["X-Jsjb-Delivery"], out _));
        var body = JsonNode.Parse(heard.Body)!;
        Assert.Equal(["event", "at", "id", "sequence", "number", "status", "unit", "case_number"], body.AsObject().Select(pair => pair.Key));
        Assert.Equal((caseId.ToString(), "Dispatched", 2), (body["id"]!.GetValue<string>(), body["status"]!.GetValue<string>(), body["sequence"]!.GetValue<int>()));
        Assert.Equal("平谷区马坊镇", body["unit"]!["name"]!.GetValue<string>());
        Assert.All(new[] { Caller.Name, Caller.Phone, Caller.Address, Garage.Title, Garage.Text, Garage.Place }, secretText => Assert.DoesNotContain(secretText, heard.Body, StringComparison.Ordinal));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await ReadAsync(id)).State);
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(Path.Combine(portal.Folder, "portal.log"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWholeLife_ComesInItsOrder()
    {
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(receiver, "case.*");

        await portal.CloseAsync();
        await Sender.SendDueAsync(Stop);

        Assert.Equal(
            ["case.registered", "case.dispatched", "case.accepted", "case.contacted", "case.progressed", "case.result-submitted", "case.answered", "case.called-back", "case.closed"],
            receiver.Messages.Select(heard => heard.Event));
    }

    [Fact]
    public async Task AWhistle_IsToldOnceItSounds_AndItsCaseWithIt()
    {
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(receiver, "whistle.*，case.whistle-sounded");
        var caseId = await portal.StartAsync();

        var whistle = await portal.SoundAsync(caseId);
        await portal.SayAsync(whistle, Energy, "请看一下。");
        await Sender.SendDueAsync(Stop);

        var events = receiver.Messages.Select(heard => heard.Event).ToList();
        Assert.Contains("whistle.sounded", events);
        Assert.Contains("case.whistle-sounded", events);
        Assert.DoesNotContain("whistle.drafted", events);
        Assert.DoesNotContain("whistle.message", events);
        Assert.NotNull(JsonNode.Parse(receiver.Messages.First(heard => heard.Event == "whistle.sounded").Body)!["case_number"]);
    }

    [Fact]
    public async Task NothingIsTold_OfA举报_OfAnotherDistrict_OrToWhoIsSwitchedOff()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.*");
        var (off, _) = await SubscribeAsync(receiver, "case.*");
        await SubscribeAsync(receiver, "case.*", new OrgPath("/11/110105/"), Administrator with { Unit = new OrgPath("/11/") });
        await Desk.SwitchAsync(off, false, Administrator);

        await portal.RegisterAsync(Garage with { Nature = Nature.Report, IsWithheld = true });
        await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice });
        await Sender.SendDueAsync(Stop);

        Assert.Empty(receiver.Messages);
        await portal.RegisterAsync();
        await Sender.SendDueAsync(Stop);
        Assert.Single(receiver.Messages);
        Assert.Single(await ReadAsync(id));
        Assert.Empty(await ReadAsync(off));
    }

    [Fact]
    public async Task WhatIsNotSaved_IsNotTold()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        var demand = Garage with { SourceNumber = $"twice-{Guid.NewGuid():N}" };
        await portal.RegisterAsync(demand);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => portal.Get<CaseDesk>().RegisterAsync(demand, Caller, Dispatcher));

        Assert.Single(await ReadAsync(id));
    }

    [Fact]
    public async Task AChangeThatIsRolledBack_LeavesNoMessage()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.accepted");
        var caseId = await portal.DispatchAsync();

        await using (var db = await portal.OpenDatabaseAsync())
        await using (await db.Database.BeginTransactionAsync(Stop))
        {
            var file = await CaseDesk.WithParts(db.Cases).SingleAsync(file => file.Id == caseId, Stop);
            Assert.Null(file.Accept(Street, portal.Clock.GetUtcNow()).Refusal);
            db.Log.AddRange(file.Unsaved);
            await db.SaveChangesAsync(Stop);
            Assert.Equal(1, await db.Deliveries.CountAsync(delivery => delivery.WebhookId == id, Stop));
        }

        Assert.Empty(await ReadAsync(id));
    }

    [Fact]
    public async Task AReceiverInTrouble_IsTriedAgainLater_AndNothingOvertakes()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        receiver.Status = 503;
        await portal.RegisterAsync();
        await portal.RegisterAsync();

        await Sender.SendDueAsync(Stop);
        await Sender.SendDueAsync(Stop);  // not yet
        Assert.Single(receiver.Messages);

        portal.Clock.Advance(TimeSpan.FromSeconds(12));
        await Sender.SendDueAsync(Stop);
        portal.Clock.Advance(TimeSpan.FromSeconds(12));
        await Sender.SendDueAsync(Stop);  // the second pause is longer
        Assert.Equal(2, receiver.Messages.Count);

        receiver.Status = 200;
        portal.Clock.Advance(TimeSpan.FromSeconds(36));
        await Sender.SendDueAsync(Stop);

        var deliveries = await ReadAsync(id);
        Assert.Equal([3, 1], deliveries.Select(delivery => delivery.Tries));
        Assert.All(deliveries, delivery => Assert.Equal(DeliveryState.Delivered, delivery.State));
        var ids = receiver.Messages.Select(heard => heard.Headers["X-Jsjb-Delivery"]).ToList();
        Assert.Equal((ids[0], ids[0], 4), (ids[1], ids[2], ids.Count));
        Assert.Equal(3, receiver.Messages.Select(heard => heard.Headers["X-Jsjb-Signature"]).Take(3).Distinct().Count());
    }

    [Fact]
    public async Task AfterTenTries_AMessageIsGivenUp_AndAnAdministratorSendsItAgain()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        receiver.Status = 500;
        await portal.RegisterAsync();

        for (var attempt = 0; attempt < 12; attempt++)
        {
            await Sender.SendDueAsync(Stop);
            portal.Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal(10, receiver.Messages.Count);
        var dead = Assert.Single((await Desk.ReadAsync(id, DeliveryState.Dead, 1, Administrator, Stop)).Deliveries);
        Assert.Equal((DeliveryFault.Refused, 500), (dead.Fault, dead.Status));
        Assert.Equal(1, (await Desk.ListAsync(Administrator, 1, Stop)).Lines.Single(line => line.Webhook.Id == id).Dead);

        receiver.Status = 200;
        Assert.Equal("webhook.unknown", (await Desk.RetryAsync(id, dead.No, Dispatcher)).Refusal?.Code);
        Assert.Null((await Desk.RetryAsync(id, dead.No, Administrator)).Refusal);
        await Sender.SendDueAsync(Stop);

        Assert.Equal(11, receiver.Messages.Count);
        Assert.Equal(DeliveryState.Delivered, Assert.Single(await ReadAsync(id)).State);
    }

    [Fact]
    public async Task AReceiverThatSaysNo_IsAskedThreeTimes_AndHoldsUpNothing()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        receiver.Answer = http =>
        {
            http.Response.StatusCode = receiver.Messages.Count <= 3 ? 422 : 200;
            return Task.CompletedTask;
        };
        await portal.RegisterAsync();
        await portal.RegisterAsync();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Sender.SendDueAsync(Stop);
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([DeliveryState.Dead, DeliveryState.Delivered], (await ReadAsync(id)).Select(delivery => delivery.State));
    }

    [Fact]
    public async Task AReceiverThatHangs_KeepsNobodyElseWaiting()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        await SubscribeAsync(slow, "case.registered");
        await SubscribeAsync(quick, "case.registered");
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        slow.Answer = _ => released.Task;
        await portal.RegisterAsync();

        var round = Sender.SendDueAsync(Stop);
        await Eventually.IsTrueAsync(() => slow.Messages.Count == 1 && quick.Messages.Count == 1, Stop);
        await portal.RegisterAsync();
        await Eventually.IsTrueAsync(
            async () =>
            {
                await Sender.SendDueAsync(Stop);  // the first answer may still be on its way into the books
                return quick.Messages.Count == 2;
            },
            Stop);

        Assert.Single(slow.Messages);
        released.SetResult();
        await round;
    }

    [Fact]
    public async Task TwoNodesAtOnce_SendEachMessageOnce_InOrder()
    {
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(receiver, "case.*");
        using var other = new WebhookSender(
            portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<WebhookBook>(), Desk, portal.Get<Courier>(), portal.Get<Feed>(), portal.Get<IOptions<WebhookOptions>>(),
            portal.Clock, portal.Get<ILogger<WebhookSender>>());
        for (var n = 0; n < 15; n++)
        {
            await portal.DispatchAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(() => (n % 2 == 0 ? Sender : other).SendDueAsync(Stop), Stop)));
        await Sender.SendDueAsync(Stop);

        // The file of a case that another test closed may be stored meanwhile.
        var messages = receiver.Messages.Where(heard => JsonNode.Parse(heard.Body)!["event"]!.GetValue<string>() != "case.file-stored").ToList();
        Assert.Equal(30, messages.Count);
        Assert.Equal(30, messages.Select(heard => heard.Headers["X-Jsjb-Delivery"]).Distinct().Count());
        Assert.All(messages.GroupBy(heard => JsonNode.Parse(heard.Body)!["number"]!.GetValue<string>()), life =>
            Assert.Equal([1, 2], life.Select(heard => JsonNode.Parse(heard.Body)!["sequence"]!.GetValue<int>())));
    }

    [Fact]
    public async Task ARedirect_IsAnAnswer_AndNotFollowed()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        receiver.Answer = http =>
        {
            http.Response.Redirect("http://127.0.0.1/elsewhere");
            return Task.CompletedTask;
        };
        await portal.RegisterAsync();

        await Sender.SendDueAsync(Stop);

        Assert.Equal("/hook", Assert.Single(receiver.Messages).Path);
        Assert.Equal((DeliveryFault.Refused, 302), (Assert.Single(await ReadAsync(id)).Fault, Assert.Single(await ReadAsync(id)).Status));
    }

    [Fact]
    public async Task AnAnswerWithoutEnd_IsNotReadToTheEnd()
    {
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(receiver, "case.registered");
        receiver.Answer = async http =>
        {
            var chunk = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        };
        await portal.RegisterAsync();

        await Sender.SendDueAsync(Stop).WaitAsync(TimeSpan.FromSeconds(8), Stop);

        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task ATry_IsAnsweredAtOnce_BesideTheQueue()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await SubscribeAsync(receiver, "case.registered");

        var (fault, status, _) = await Desk.PingAsync(id, Administrator, Stop);
        Assert.Equal((null, 204), (fault, status));
        receiver.Status = 418;
        Assert.Equal(418, (await Desk.PingAsync(id, Administrator, Stop)).Status);

        var heard = receiver.Messages.First();
        Assert.Equal("ping", heard.Event);
        Assert.Equal(Courier.Sign(secret, Timestamp(heard), heard.Body), heard.Headers["X-Jsjb-Signature"]);
        Assert.Empty(await ReadAsync(id));
        Assert.Equal("webhook.unknown", (await Desk.PingAsync(id, Dispatcher, Stop)).Outcome.Refusal?.Code);
    }

    [Fact]
    public async Task TheListOfDelivered_IsKeptAWeek_AndTheDeadStay()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        await portal.RegisterAsync();
        await Sender.SendDueAsync(Stop);
        receiver.Status = 400;
        await portal.RegisterAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Sender.SendDueAsync(Stop);
            portal.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        portal.Clock.Advance(TimeSpan.FromDays(8));
        await Sender.SweepAsync(Stop);

        Assert.Equal(DeliveryState.Dead, Assert.Single(await ReadAsync(id)).State);
    }

    public static TheoryData<string, string, Actor, string?> Terms() => new()
    {
        { "https://hook.example.org/in?x=1", "case.*", Administrator, null },
        { "https://8.8.8.8:8443/in", "case.closed, whistle.ended", Administrator, null },
        { "http://127.0.0.1:9/in", "case.*", Administrator, null },
        { "http://hook.example.org/in", "case.*", Administrator, "webhook.url.plain" },
        { "https://10.0.0.1/in", "case.*", Administrator, "webhook.url.closed" },
        { "https://[::1]/in", "case.*", Administrator, "webhook.url.closed" },
        { "https://[::ffff:10.0.0.1]/in", "case.*", Administrator, "webhook.url.closed" },
        { "https://167772161/in", "case.*", Administrator, "webhook.url.closed" },
        { "https://169.254.169.254/latest/meta-data", "case.*", Administrator, "webhook.url.closed" },
        { "ftp://hook.example.org/", "case.*", Administrator, "webhook.url" },
        { "file:///etc/passwd", "case.*", Administrator, "webhook.url" },
        { "https://user:word@hook.example.org/", "case.*", Administrator, "webhook.url" },
        { "hook.example.org", "case.*", Administrator, "webhook.url" },
        { $"https://hook.example.org/{new string('x', 500)}", "case.*", Administrator, "webhook.url" },
        { "https://hook.example.org/", " , ", Administrator, "webhook.events.none" },
        { "https://hook.example.org/", "case.*, case.petitioner-revealed", Administrator, "webhook.events.unknown" },
        { "https://hook.example.org/", "*", Administrator, "webhook.events.unknown" },
        { "https://hook.example.org/", "case.*", Dispatcher, "webhook.unknown" },
        { "https://hook.example.org/", "case.*", Administrator with { Unit = new OrgPath("/11/110105/") }, "webhook.unknown" },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public async Task ASubscription_IsMadeByTheRightPerson_ToAnAddressThatMayBeCalled(string url, string events, Actor by, string? refused)
    {
        var (secret, outcome) = await Desk.CreateAsync(new WebhookTerms("外系统", District, url, events), by);

        Assert.Equal(refused, outcome.Refusal?.Code);
        Assert.Equal(refused is null, secret is not null);
        if (refused is null)
        {
            var id = (await Desk.ListAsync(Administrator, 1, Stop)).Lines[0].Webhook.Id;
            await Desk.SwitchAsync(id, false, Administrator);
        }
    }

    [Fact]
    public async Task AForeignAdministrator_FindsNoSuchSubscription()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await SubscribeAsync(receiver, "case.registered");
        var foreign = Administrator with { Unit = new OrgPath("/11/110105/") };

        Assert.Null(await Desk.FindAsync(id, foreign, Stop));
        Assert.Equal("webhook.unknown", (await Desk.SwitchAsync(id, false, foreign)).Refusal?.Code);
        Assert.Equal("webhook.unknown", (await Desk.RetryAsync(id, null, foreign)).Refusal?.Code);
        Assert.Empty((await Desk.ReadAsync(id, DeliveryState.Waiting, 1, foreign, Stop)).Deliveries);
    }

    [Theory]
    [InlineData("https://inside.example/hook", "127.0.0.1")]
    [InlineData("https://inside.example/hook", "::ffff:127.0.0.1")]
    [InlineData("https://inside.example/hook", "93.184.216.34", "127.0.0.1")]
    [InlineData("https://metadata.example/", "169.254.169.254")]
    [InlineData("https://127.0.0.2/hook", "127.0.0.2")]
    public async Task ANameThatLeadsInside_IsNotCalled(string url, params string[] addresses)
    {
        using var courier = Resolving(addresses);

        var answered = await courier.SendAsync(new Uri(url), "secret", Message.Ping(Morning).For(Guid.NewGuid()), Stop);

        Assert.Equal(DeliveryFault.ForbiddenAddress, answered.Fault);
    }

    [Fact]
    public async Task ANameThatIsRebound_IsLookedAtWhenTheConnectionIsMade()
    {
        await using var receiver = await Receiver.StartAsync();
        var answers = new Queue<string>(["93.184.216.34", "127.0.0.1"]);
        using var courier = new Courier(Options.Create(new WebhookOptions()), portal.Clock, (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }));
        Assert.True(PublicAddress.Is(IPAddress.Parse(answers.Dequeue())));  // whoever looked before was shown this

        var answered = await courier.SendAsync(
            new Uri($"https://rebind.example:{new Uri(receiver.Url).Port}/hook"), "secret", Message.Ping(Morning).For(Guid.NewGuid()), Stop);

        Assert.Equal(DeliveryFault.ForbiddenAddress, answered.Fault);
        Assert.Empty(receiver.Messages);
    }

    [Fact]
    public async Task AnAllowedHost_IsCalledWhereverItIs_AndOnlyThat()
    {
        await using var receiver = await Receiver.StartAsync();
        var port = new Uri(receiver.Url).Port;
        using var courier = Resolving(["127.0.0.1"], $"inside.example:{port}");
        var message = Message.Ping(Morning).For(Guid.NewGuid());

        Assert.True((await courier.SendAsync(new Uri($"http://inside.example:{port}/hook"), "secret", message, Stop)).IsTaken);
        Assert.Equal(DeliveryFault.ForbiddenAddress, (await courier.SendAsync(new Uri($"http://other.example:{port}/hook"), "secret", message, Stop)).Fault);
        Assert.Equal(DeliveryFault.ForbiddenAddress, (await courier.SendAsync(new Uri($"https://inside.example:{port + 1}/hook"), "secret", message, Stop)).Fault);
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task ThePortalSendsByItself()
    {
        await using var awake = new AwakePortal();
        await using var receiver = await Receiver.StartAsync();
        var (_, outcome) = await awake.Get<WebhookDesk>().CreateAsync(new WebhookTerms("外系统", District, receiver.Url, "case.registered, case.dispatched"), Administrator);
        Assert.Null(outcome.Refusal);

        await awake.DispatchAsync();

        await Eventually.IsTrueAsync(() => receiver.Messages.Count >= 2, Stop, TimeSpan.FromSeconds(40));
        Assert.Equal(["case.registered", "case.dispatched"], receiver.Messages.Select(heard => heard.Event));
    }

    [Fact]
    public async Task ANodeThatDoesNotSend_StillWritesDown_WhatASubscriptionMadeElsewhereWants()
    {
        await using var silent = new SilentPortal();
        await using (var db = await silent.OpenDatabaseAsync())
        {
            db.Webhooks.Add(new Webhook
            {
                Name = "另一节点的订阅",
                District = District,
                Url = new Uri("https://hook.example.org/"),
                Events = ["case.*"],
                Secret = [],
                CreatedBy = Administrator.UserId,
                CreatedByName = Administrator.Name,
                CreatedAt = Morning,
            });
            await db.SaveChangesAsync(Stop);
        }

        await Eventually.IsTrueAsync(() => silent.Get<WebhookBook>().Find(District, "case.registered").Any(), Stop);
    }

    private static long Timestamp(Receiver.Heard heard) => long.Parse(heard.Headers["X-Jsjb-Timestamp"], System.Globalization.CultureInfo.InvariantCulture);

    private Courier Resolving(string[] addresses, params string[] allowed) => new(
        Options.Create(new WebhookOptions { AllowedHosts = [.. allowed] }), portal.Clock, (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));

    private async Task<(Guid Id, string Secret)> SubscribeAsync(Receiver receiver, string events, OrgPath? district = null, Actor? by = null)
    {
        var (secret, outcome) = await Desk.CreateAsync(new WebhookTerms("外系统", district ?? District, receiver.Url, events), by ?? Administrator);
        Assert.Null(outcome.Refusal);
        await using var db = await portal.OpenDatabaseAsync();
        return (await db.Webhooks.OrderByDescending(webhook => webhook.Id).Select(webhook => webhook.Id).FirstAsync(Stop), secret!);
    }

    private async Task<IReadOnlyList<Delivery>> ReadAsync(Guid id)
    {
        await using var db = await portal.OpenDatabaseAsync();
        return await db.Deliveries.AsNoTracking().Where(delivery => delivery.WebhookId == id).OrderBy(delivery => delivery.No).ToListAsync(Stop);
    }

    /// <summary>May call this machine, and sends when the test says so.</summary>
    public sealed class AllowingPortal : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:AllowedHosts:0", "127.0.0.1"), ("Webhooks:Send", "false")];
    }

    private sealed class SilentPortal : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:Send", "false"), ("Webhooks:Tick", "00:00:01")];
    }

    private sealed class AwakePortal : PortalFixture
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:AllowedHosts:0", "127.0.0.1")];
    }
}
