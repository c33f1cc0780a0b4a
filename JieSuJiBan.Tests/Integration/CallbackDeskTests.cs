using System.Text.Json;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.PublicDoor;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The callback desk against its database: who is in the queue, who has taken what, who is sent a message.</summary>
public sealed partial class CallbackDeskTests(CallbackDeskTests.AskingPortal portal) : IClassFixture<CallbackDeskTests.AskingPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task OfTwoCallers_OneHasTheCase_UntilHeLetsGoOrHisTimeIsOver()
    {
        var id = await portal.AwaitCallbackAsync();
        var turns = portal.Get<CallbackTurns>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(no => turns.TakeAsync(id, no % 2 == 0 ? Dispatcher : SecondDispatcher, Stop)));
        var winner = answers[0].IsDone ? Dispatcher : SecondDispatcher;
        var loser = answers[0].IsDone ? SecondDispatcher : Dispatcher;
        Assert.Equal(4, answers.Count(answer => answer.Refusal?.Code == "callback.taken"));
        Assert.Equal("callback.taken", (await turns.CheckAsync(id, loser, Stop))?.Code);
        Assert.Equal(winner.Name, (await LineAsync(id, loser))?.TakenBy);
        Assert.Null((await LineAsync(id, winner))?.TakenBy);

        await turns.ReleaseAsync(id, loser, Stop);
        Assert.Equal("callback.taken", (await turns.TakeAsync(id, loser, Stop)).Refusal?.Code);
        portal.Clock.Advance(CallbackTurns.Length + TimeSpan.FromSeconds(1));
        Assert.Null((await turns.TakeAsync(id, loser, Stop)).Refusal);
    }

    [Fact]
    public async Task TheQueue_HoldsWhoIsDue_WhatIsMarkedFirst_AndForgetsWhoHasAnswered()
    {
        var plain = await portal.AwaitCallbackAsync();
        var marked = await portal.DispatchAsync();
        await portal.DoAsync(marked, Street, file => file.Accept(Street, Now));
        await portal.DoAsync(marked, Street, file => file.Contact(true, "联系", Street, Now));
        await portal.DoAsync(marked, Street, file => file.Progress("办理", null, Street, Now));
        await portal.DoAsync(marked, Street, file => file.Submit("办好", null, Street, Now));
        portal.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(20));
        await portal.DoAsync(marked, StreetHead, file => file.Answer("办好", StreetHead, Now));
        Assert.Null(await LineAsync(marked, Dispatcher));

        portal.Clock.Advance(TimeSpan.FromHours(1));
        await portal.DoAsync(marked, Actor.Clock, file => file.Ring(Now));
        var (lines, _) = await portal.Get<CallList>().ReadAsync(Dispatcher, Stop);
        Assert.Equal((marked, true), (lines[0].Id, lines[0].IsMarked));
        Assert.Contains(lines, line => line.Id == plain);

        await portal.DoAsync(plain, Dispatcher, file => file.MissCall(null, Now.AddHours(2), Dispatcher, Now));
        Assert.Null(await LineAsync(plain, Dispatcher));
        portal.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, (await LineAsync(plain, Dispatcher))?.CallsMissed);
        await portal.DoAsync(plain, Dispatcher, file => file.CallBack(Yes, Dispatcher, Now));
        Assert.Null(await LineAsync(plain, Dispatcher));
    }

    [Fact]
    public async Task WhoLeftAMobile_IsSentNumberAndCode_ByTheGateway_AndTheCodeOpensHisCase()
    {
        portal.Gateway.Messages.Clear();
        var id = await portal.AwaitCallbackAsync();
        await portal.Get<CallbackRound>().AskDueAsync(Stop);
        portal.Gateway.Status = 500;
        await portal.Get<CallbackRound>().SendDueAsync(Stop);
        portal.Gateway.Status = 204;
        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        await portal.Get<CallbackRound>().SendDueAsync(Stop);
        await portal.Get<CallbackRound>().SendDueAsync(Stop);

        var file = await FindAsync(id);
        Assert.Equal((CallbackWay.LinkFirst, null, CaseStep.None), (file.CallbackWay, file.CallAt, file.NextStep));
        var heard = portal.Gateway.Messages.Where(message => message.Body.Contains(file.Number, StringComparison.Ordinal)).ToList();
        Assert.Equal(2, heard.Count);  // tried twice, and the second time it arrived
        var message = JsonDocument.Parse(heard[1].Body).RootElement;
        Assert.Equal(Caller.Phone, message.GetProperty("to").GetString());
        Assert.DoesNotContain(file.Title, heard[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Number, message.GetProperty("link").GetString(), StringComparison.Ordinal);
        var code = Code().Match(message.GetProperty("text").GetString()!).Value;
        Assert.Equal(code, Code().Match(JsonDocument.Parse(heard[0].Body).RootElement.GetProperty("text").GetString()!).Value);
        Assert.Equal(id, (await portal.Get<PublicDesk>().OpenAsync(file.Number, code, "home", Stop)).CaseId);

        Assert.Null(await portal.Get<PublicDesk>().AnswerCallbackAsync(id, Yes));
        Assert.Equal((Now, CaseStep.Close), ((await FindAsync(id)).CalledBackAt, (await FindAsync(id)).NextStep));
    }

    [Fact]
    public async Task WhomTheGatewayNeverReaches_IsCalled_AndNoCodeStaysThatNobodyWasTold()
    {
        var id = await portal.AwaitCallbackAsync();
        await portal.Get<CallbackRound>().AskDueAsync(Stop);
        portal.Gateway.Status = 500;
        for (var tries = 0; tries < 10; tries++)
        {
            Assert.Null(await LineAsync(id, Dispatcher));
            await portal.Get<CallbackRound>().SendDueAsync(Stop);
            portal.Clock.Advance(TimeSpan.FromHours(8));
        }

        portal.Gateway.Status = 204;
        await using var db = await portal.OpenDatabaseAsync();
        Assert.False(await db.CallbackMessages.AnyAsync(message => message.CaseId == id, Stop));
        Assert.False(await db.FollowUps.AnyAsync(follow => follow.CaseId == id, Stop));
        Assert.NotNull(await LineAsync(id, Dispatcher));
        Assert.Equal((CaseStatus.Answered, null, CaseStep.CallBack), ((await FindAsync(id)).Status, (await FindAsync(id)).LinkUntil, (await FindAsync(id)).NextStep));

        // Done again, he is asked anew: by a message with a code of its own.
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(No, Dispatcher, Now));
        await portal.DoAsync(id, Dispatcher, file => file.Redo("再办", Now.AddDays(7), "7日", Dispatcher, Now));
        await portal.AnswerAsync(id);
        portal.Gateway.Messages.Clear();
        await portal.Get<CallbackRound>().AskDueAsync(Stop);
        await portal.Get<CallbackRound>().SendDueAsync(Stop);
        Assert.Contains("查询码：", Assert.Single(portal.Gateway.Messages).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhomNoMessageCanBeSent_IsCalledToo_UnlessHeHasHisPage()
    {
        var (gone, own) = (await portal.AwaitCallbackAsync(), await portal.AwaitCallbackAsync());
        await portal.Get<CallbackRound>().AskDueAsync(Stop);
        await using (var db = await portal.OpenDatabaseAsync())
        {
            await db.Petitioners.Where(row => row.CaseId == gone || row.CaseId == own).ExecuteDeleteAsync(Stop);
            db.FollowUps.Add(new FollowUp { CaseId = own, CodeHash = new byte[32], ReportHash = own.ToByteArray() });
            await db.SaveChangesAsync(Stop);
        }

        for (var tries = 0; tries < 3; tries++)
        {
            await portal.Get<CallbackRound>().SendDueAsync(Stop);
            portal.Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal(CaseStep.CallBack, (await FindAsync(gone)).NextStep);
        Assert.Equal((CaseStep.None, true), ((await FindAsync(own)).NextStep, (await FindAsync(own)).AwaitsLink));
    }

    [Fact]
    public async Task AReport_IsNeverSentOut_AndIsCalled()
    {
        var id = await portal.RegisterAsync(Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice });
        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(new DispatchOrder(Mafang, [], Now.AddDays(7), "7日"), Rules.Calendar, Dispatcher, Now));
        await portal.DoAsync(id, Street, file => file.Accept(Street, Now));
        await portal.DoAsync(id, Street, file => file.Contact(true, "联系", Street, Now));
        await portal.DoAsync(id, Street, file => file.Progress("办理", null, Street, Now));
        await portal.DoAsync(id, Street, file => file.Submit("办好", null, Street, Now));
        await portal.DoAsync(id, StreetHead, file => file.Answer("办好", StreetHead, Now));
        portal.Clock.Advance(TimeSpan.FromDays(7.1));
        await portal.DoAsync(id, Actor.Clock, file => file.Ring(Now));

        await portal.Get<CallbackRound>().AskDueAsync(Stop);

        Assert.Equal(CallbackWay.Phone, (await FindAsync(id)).CallbackWay);
        await using var db = await portal.OpenDatabaseAsync();
        Assert.False(await db.CallbackMessages.AnyAsync(message => message.CaseId == id, Stop));
    }

    [Fact]
    public async Task ThePlanOfTheDistrict_Decides_WithASeedOfItsOwn_AndEveryRowStaysSound()
    {
        var desk = portal.Get<CallbackPlanDesk>();
        Assert.Null((await desk.SetAsync(CallbackTerms.Default with { PhonePercent = 100, LinkFirstPercent = 0 }, "本月全部电话", Dispatcher)).Refusal);
        var plan = await desk.ReadAsync(District, Stop);
        var id = await portal.AwaitCallbackAsync();

        await portal.Get<CallbackRound>().AskDueAsync(Stop);

        var asked = (CallbackAsked)(await portal.Get<LogBook>().ReadAfterAsync(id, 0, cancellationToken: Stop)).Single(entry => entry.Event is CallbackAsked).Event;
        Assert.Equal((CallbackWay.Phone, plan.Id, plan.Version, plan.Terms.LotOf(id)), (asked.Way, asked.Plan, asked.PlanVersion, asked.Lot));
        Assert.NotEqual(CallbackTerms.Default.Seed, plan.Terms.Seed);
        Assert.Null((await desk.SetAsync(CallbackTerms.Default, "恢复默认", Dispatcher)).Refusal);
        Assert.Equal(2, (await desk.VersionsAsync(District, Stop)).Count);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    private async Task<CallLine?> LineAsync(Guid id, Actor by) => (await portal.Get<CallList>().ReadAsync(by, Stop)).Lines.FirstOrDefault(line => line.Id == id);

    private async Task<CaseFile> FindAsync(Guid id) => (await portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();

    /// <summary>A portal with an open door and an SMS gateway; its round goes only when the test says so.</summary>
    public sealed class AskingPortal : PortalFixture
    {
        internal Receiver Gateway { get; } = Receiver.StartAsync().GetAwaiter().GetResult();

        protected override IEnumerable<(string, string)> Settings => [("Notices:Gateway", Gateway.Url), ("Webhooks:AllowedHosts:0", "127.0.0.1")];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Gateway.DisposeAsync();
        }
    }
}
