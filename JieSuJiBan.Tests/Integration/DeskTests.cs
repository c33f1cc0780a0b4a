using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

public class DeskTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwentyPeopleAtOnce_NobodyIsRefused_NothingIsLostOrDoubled()
    {
        var whistle = await portal.SoundAsync();
        var desk = portal.Get<WhistleDesk>();
        var before = (await ReadAsync(whistle)).Count;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(person => Enumerable.Range(0, 10).Select(n => Task.Run(() =>
        {
            var by = person % 2 == 0 ? Energy : Power;
            return desk.DoAsync(whistle, by, room => room.Post($"{person}-{n}", null, null, by, Morning, $"{person}-{n}"));
        }))));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        var said = (await ReadAsync(whistle)).Skip(before).Select(entry => ((MessagePosted)entry.Event).Text).ToList();
        Assert.Equal(200, said.Count);
        Assert.Equal(200, said.Distinct().Count());
    }

    [Fact]
    public async Task TwoNodesAtOnce_TheLoserDecidesAgain()
    {
        var other = OtherNode();
        var whistle = await portal.SoundAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() =>
            (n % 2 == 0 ? portal.Get<WhistleDesk>() : other).DoAsync(whistle, Energy, room => room.Post($"{n}", null, null, Energy, Morning)))));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(40, (await ReadAsync(whistle)).Count(entry => entry.Event is MessagePosted));
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task WhatAnotherNodeHasDone_IsLookedUpBeforeANo()
    {
        var whistle = await portal.SoundAsync();
        await portal.SayAsync(whistle, Energy, "这个节点手上有这个哨。");

        Assert.Null((await OtherNode().DoAsync(whistle, Energy, room => room.ReportIn(ReportMode.OnSite, null, null, Energy, Morning))).Refusal);
        var committed = await portal.Get<WhistleDesk>().DoAsync(
            whistle, Energy, room => room.Commit("建桩", "徐工", Morning.AddDays(3), Energy, Morning));

        Assert.Null(committed.Refusal);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task TheSameMessageWithAPhotoSentTwiceAtOnce_HarmsNobodyBesideIt()
    {
        var whistle = await portal.SoundAsync();
        var (file, _) = await portal.Get<FileStore>().SaveAsync("现场.png", new MemoryStream(Pictures.Png()), Energy, Stop);
        var (photos, _) = await portal.Get<FileStore>().ResolveAsync([file!.Id], whistle, Energy);
        var desk = portal.Get<WhistleDesk>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => n % 2 == 0
            ? desk.DoAsync(whistle, Energy, room => room.Post("照片", null, photos, Energy, Morning, "twin"))
            : desk.DoAsync(whistle, Power, room => room.Post($"{n}", null, null, Power, Morning))));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(7, (await ReadAsync(whistle)).Count(entry => entry.Event is MessagePosted));
    }

    [Fact]
    public async Task ACaseThatTheRoomOnlyLookedAt_IsReadAnewWhenItMatters()
    {
        var caseId = await portal.StartAsync();
        var whistle = await portal.ConferAsync(caseId);
        var leader = DistrictLeader.Fresh(portal.Clock.GetUtcNow());
        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Suspension, "等汛期", Morning.AddDays(30)), Rules, Street, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(whistle, leader, room => room.Decide(1, Decision.Approved, "", null, null, Rules, leader, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(whistle, Energy, room => room.Commit("建桩", "徐工", Morning.AddDays(20), Energy, portal.Clock.GetUtcNow()));
        await portal.DoAsync(caseId, Street, file => file.Resume("汛期结束", Street, portal.Clock.GetUtcNow()));

        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Suspension, "又来一场", Morning.AddDays(40)), Rules, Street, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(whistle, leader, room => room.Decide(2, Decision.Approved, "", null, null, Rules, leader, portal.Clock.GetUtcNow()));

        Assert.Equal(CaseStatus.Suspended, (await portal.Get<CaseDesk>().FindAsync(caseId, Street, Stop))!.Status);
    }

    [Fact]
    public async Task MoreStreamsThanADeskHolds_AreAllServed()
    {
        var whistles = new List<Guid>();
        for (var n = 0; n < 70; n++)
        {
            whistles.Add(await portal.DraftAsync());
        }

        var outcomes = await Task.WhenAll(whistles.Concat(whistles).Select(whistle =>
            portal.Get<WhistleDesk>().DoAsync(whistle, Street, room => room.Post("在", null, null, Street, Morning))));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
    }

    [Fact]
    public async Task TheSameMessageSentTwice_IsSaidOnce_AndBothAreToldSo()
    {
        var whistle = await portal.SoundAsync();
        var desk = portal.Get<WhistleDesk>();

        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.DoAsync(whistle, Energy, room => room.Post("一次", null, null, Energy, Morning, "same"))));
        var later = await desk.DoAsync(whistle, Energy, room => room.Post("一次", null, null, Energy, Morning, "same"));

        Assert.All(together.Append(later), outcome => Assert.True(outcome.IsDone));
        Assert.Single(await ReadAsync(whistle), entry => entry.Event is MessagePosted);
    }

    [Fact]
    public async Task ARefusalInALine_DoesNotTouchTheOthers()
    {
        var whistle = await portal.SoundAsync();
        var desk = portal.Get<WhistleDesk>();

        var outcomes = await Task.WhenAll(
            desk.DoAsync(whistle, Energy, room => room.Post("前", null, null, Energy, Morning)),
            desk.DoAsync(whistle, Energy, room => room.Post(" ", null, null, Energy, Morning)),
            desk.DoAsync(whistle, Energy, room => room.Post("后", null, null, Energy, Morning)));

        Assert.Equal([null, "whistle.post.empty", null], outcomes.Select(outcome => outcome.Refusal?.Code));
        Assert.Equal(["前", "后"], (await ReadAsync(whistle)).Select(entry => entry.Event).OfType<MessagePosted>().Select(message => message.Text));
    }

    [Fact]
    public async Task ABugInALine_IsThatCallersException_AndNobodyElses()
    {
        var whistle = await portal.SoundAsync();
        var desk = portal.Get<WhistleDesk>();

        var buggy = desk.DoAsync(whistle, Energy, room =>
        {
            room.Post("半途", null, null, Energy, Morning);
            throw new InvalidOperationException("bug");
        });
        var fine = desk.DoAsync(whistle, Energy, room => room.Post("照常", null, null, Energy, Morning));

        await Assert.ThrowsAsync<InvalidOperationException>(() => buggy);
        Assert.True((await fine).IsDone);
        Assert.Equal(["照常"], (await ReadAsync(whistle)).Select(entry => entry.Event).OfType<MessagePosted>().Select(message => message.Text));
    }

    [Fact]
    public async Task TheCase_RefusesItsWhistle_AndNeitherIsSaved()
    {
        var caseId = await portal.StartAsync();
        var whistle = await portal.DraftAsync(caseId);
        await portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, Morning));
        await portal.DoAsync(caseId, Street, file => file.Submit("已解决", null, Street, Morning));

        var outcome = await portal.Get<WhistleDesk>().DoAsync(whistle, StreetHead, room => room.Sign(null, Rules, StreetHead, Morning));

        Assert.Equal("case.whistle.status", outcome.Refusal?.Code);
        Assert.Equal(WhistleStage.AwaitingSignature, (await portal.Get<WhistleDesk>().FindAsync(whistle, Street, Stop))!.Stage);
        Assert.Empty((await portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    [Fact]
    public async Task Sounding_SavesWhistleAndCaseTogether_AndWakesEverybodyItConcerns()
    {
        var caseId = await portal.StartAsync();
        var woken = new System.Collections.Concurrent.ConcurrentQueue<Topic>();
        using var energy = portal.Get<Feed>().Subscribe(Topic.Unit(EnergyOffice), () => { woken.Enqueue(Topic.Unit(EnergyOffice)); return Task.CompletedTask; });
        using var file = portal.Get<Feed>().Subscribe(Topic.Case(caseId), () => { woken.Enqueue(Topic.Case(caseId)); return Task.CompletedTask; });

        await portal.SoundAsync(caseId);

        Assert.Equal(CaseStatus.Whistled, (await portal.Get<CaseDesk>().FindAsync(caseId, Energy, Stop))!.Status);
        await Eventually.IsTrueAsync(() => woken.Contains(Topic.Unit(EnergyOffice)) && woken.Contains(Topic.Case(caseId)), Stop);
    }

    [Fact]
    public async Task AForeignCase_IsUnknown_AndSoIsAMadeUpOne()
    {
        var caseId = await portal.DispatchAsync();
        var desk = portal.Get<CaseDesk>();

        Assert.Equal("unknown", (await desk.DoAsync(caseId, OtherStreet, file => file.Accept(OtherStreet, Morning))).Refusal?.Code);
        Assert.Equal("unknown", (await desk.DoAsync(Guid.NewGuid(), Street, file => file.Accept(Street, Morning))).Refusal?.Code);
        Assert.Equal("unknown", (await desk.DoAsync(Guid.Empty, Street, file => file.Accept(Street, Morning))).Refusal?.Code);
    }

    [Fact]
    public async Task Numbers_AreGivenOnce()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => portal.Get<Numbers>().NextWhistleAsync(District))));

        Assert.Equal(30, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.StartsWith("哨117-20260302-", number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheClock_MarksSilence_OnceOnTwoNodes()
    {
        var whistle = await portal.SoundAsync(brief: Brief with { Kind = WhistleKind.Emergency });
        portal.Clock.Advance(TimeSpan.FromMinutes(11));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => portal.Get<PortalClock>().TickAsync(Stop)));

        Assert.Equal(2, (await ReadAsync(whistle)).Count(entry => entry.Event is ResponseLapsed));
    }

    private async Task<IReadOnlyList<JieSuJiBan.Domain.Log.LogEntry>> ReadAsync(Guid stream) => await portal.Get<LogBook>().ReadAfterAsync(stream, 0, 1000, Stop);

    // A second desk on the same database: it shares neither a line nor what it has in hand with the first.
    private WhistleDesk OtherNode() =>
        new(portal.Get<IDbContextFactory<PortalDbContext>>(), portal.Get<Feed>(), portal.Get<Rooms>(), portal.Get<Numbers>(), portal.Get<JieSuJiBan.Web.Supervision.RuledOrders>(), portal.Clock);
}
