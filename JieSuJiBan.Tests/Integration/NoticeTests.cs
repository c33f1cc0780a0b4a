using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Who is told of what: written with the entry, to those whom it concerns and who may see it, with nobody's name in it.</summary>
public sealed class NoticeTests(NoticePortal portal) : IClassFixture<NoticePortal>, IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => await portal.SettleAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task ADispatch_IsToldToTheUnitsOfficers_AndToNobodyElse()
    {
        var id = await portal.DispatchAsync();

        var notice = Assert.Single(await portal.NoticesOfAsync(Street));
        Assert.Equal((NoticeKind.Dispatched, $"/cases/{id}", "区指挥中心", false), (notice.Kind, notice.Link, notice.From, notice.IsEmergency));
        foreach (var other in new[] { Dispatcher, SecondDispatcher, StreetHead, OtherStreet, Energy, DistrictLeader, Administrator })
        {
            Assert.Empty(await portal.NoticesOfAsync(other));
        }
    }

    [Fact]
    public async Task WhatOneDoesOneself_OneIsNotTold()
    {
        var id = await portal.FindAsync();

        await portal.DoAsync(id, Street, file => file.Dispatch(new DispatchOrder(Mafang, [], Now.AddDays(7), "一般诉求7日"), Rules.Calendar, Street, Now));

        Assert.Empty(await portal.NoticesOfAsync(Street));
    }

    [Fact]
    public async Task AWhistle_IsToldOnItsWay_FromTheSignatureToTheMinutes()
    {
        var whistle = await portal.ConferAsync(await portal.StartAsync());
        await portal.InRoomAsync(whistle, Street, room => room.AskLeader(new LeaderQuestion(RequestKind.Extension, "电力报装", Now.AddDays(10), null, "已说明"), Rules, Street, Now));
        var leader = DistrictLeader.Fresh(Now);
        await portal.InRoomAsync(whistle, leader, room => room.Decide(1, Decision.Approved, "同意", null, null, Rules, leader, Now));
        await portal.InRoomAsync(whistle, Street, room => room.IssueMinutes("一、建桩。", Street, Now));

        Assert.Equal([(NoticeKind.SignatureAsked, "/inbox")], (await portal.NoticesOfAsync(StreetHead)).Select(notice => (notice.Kind, notice.Link)));
        Assert.Equal([NoticeKind.DecisionMade, NoticeKind.DecisionMade, NoticeKind.Dispatched], (await portal.NoticesOfAsync(Street)).Select(notice => notice.Kind).Order());
        Assert.Equal([NoticeKind.DecisionAsked], (await portal.NoticesOfAsync(DistrictLeader)).Select(notice => notice.Kind));
        foreach (var summoned in new[] { Energy, Power })
        {
            Assert.Equal([(NoticeKind.Whistle, $"/whistles/{whistle}"), (NoticeKind.MinutesToConfirm, $"/whistles/{whistle}")], (await portal.NoticesOfAsync(summoned)).Select(notice => (notice.Kind, notice.Link)).Order());
        }

        Assert.Empty(await portal.NoticesOfAsync(EnergyHead));
        Assert.Empty(await portal.NoticesOfAsync(Water));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task ARuling_IsToldToWhoeverObjected_AndLeadsOnlyWhereHeMayLook(bool upheld)
    {
        var id = await portal.DispatchAsync();
        await portal.DoAsync(id, Street, file => file.ObjectToDispatch("不在职责内", "《清单》", null, Rules, Street, Now));
        await portal.DoAsync(id, Supervisor, file => file.ReviewObjection(upheld, "裁定", Supervisor, Now));

        var notice = Assert.Single(await portal.NoticesOfAsync(Street), notice => notice.Kind == NoticeKind.ObjectionRuled);
        var sees = await portal.Get<CaseDesk>().FindAsync(id, Street, Stop) is not null;
        Assert.Equal(sees ? $"/cases/{id}" : null, notice.Link);
    }

    [Fact]
    public async Task AReturnedResult_IsToldToWhoeverHandlesIt()
    {
        var id = await portal.StartAsync();
        await portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, Now));
        await portal.DoAsync(id, StreetHead, file => file.ReturnResult("照片不清楚", StreetHead, Now));

        Assert.Single(await portal.NoticesOfAsync(Street), notice => notice.Kind == NoticeKind.ResultReturned);
    }

    [Fact]
    public async Task OfA举报_NothingLeavesThePortal_AndWhoItIsAboutHearsNothing()
    {
        await portal.WishAsync(Street);
        await portal.DispatchAsync(demand: Garage with { Nature = Nature.Report, ReportedUnit = EnergyOffice });

        await portal.TickAsync();

        Assert.True(Assert.Single(await portal.NoticesOfAsync(Street)).StaysInside);
        Assert.Empty(await portal.NoticesOfAsync(Energy));
        Assert.Empty(await portal.SendsAsync());
    }

    [Fact]
    public async Task WhoHasWithdrawn_IsNotTold()
    {
        var id = await portal.StartAsync();
        await portal.DoAsync(id, Street, file => file.Submit("已通电。", null, Street, Now));
        await portal.DoAsync(id, Street, file => file.Withdraw("亲属", Street, Now));
        await portal.DoAsync(id, StreetHead, file => file.ReturnResult("照片不清楚", StreetHead, Now));

        Assert.DoesNotContain(await portal.NoticesOfAsync(Street), notice => notice.Kind == NoticeKind.ResultReturned);
    }

    [Fact]
    public async Task AChangeThatIsRolledBack_LeavesNoNotice()
    {
        var id = await portal.RegisterAsync();

        await using (var db = await portal.OpenDatabaseAsync())
        await using (await db.Database.BeginTransactionAsync(Stop))
        {
            var file = await CaseDesk.WithParts(db.Cases).SingleAsync(file => file.Id == id, Stop);
            Assert.Null(file.Dispatch(new DispatchOrder(Mafang, [], Now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, Now).Refusal);
            db.Log.AddRange(file.Unsaved);
            await db.SaveChangesAsync(Stop);
            Assert.Equal(1, await db.Notices.CountAsync(Stop));
        }

        Assert.Empty(await portal.NoticesOfAsync(Street));
    }

    [Fact]
    public async Task NoNotice_SaysWhatPeopleWrote_OrWhoTheyAre()
    {
        const string Told = "秘密的话13000005115";
        await portal.TellEverywhereAsync(Told);

        await using var db = await portal.OpenDatabaseAsync();
        var notices = await db.Notices.AsNoTracking().ToListAsync(Stop);
        var letters = notices.Select(portal.Get<NoticeLetters>().Write).ToList();

        Assert.True(notices.Select(notice => notice.Kind).Distinct().Count() >= 7);
        foreach (var secret in new[] { Told, "秘密", Caller.Name, Caller.Phone }.Concat(Cast.Select(person => person.Name)))
        {
            Assert.DoesNotContain(notices, notice => $"{notice.Number} {notice.From} {notice.Link} {notice.Key}".Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(letters, letter => letter.ToString().Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ANotice_IsSeenByItsOwnerOnly_AndCountedUntilThen()
    {
        var desk = portal.Get<NoticeDesk>();
        await portal.DispatchAsync();
        await portal.DispatchAsync();
        var (notices, isMore) = await desk.ListAsync(Street, null, 1, Stop);
        Assert.Equal((2, 2, false), (await desk.CountUnseenAsync(Street, Stop), notices.Count, isMore));

        await desk.SeeAsync(notices[0].Id, StreetHead);
        await desk.SeeAsync(null, StreetHead);
        Assert.Equal(2, await desk.CountUnseenAsync(Street, Stop));

        await desk.SeeAsync(notices[0].Id, Street);
        Assert.Equal(1, await desk.CountUnseenAsync(Street, Stop));
        await desk.SeeAsync(null, Street);
        Assert.Equal(0, await desk.CountUnseenAsync(Street, Stop));
        Assert.Empty((await desk.ListAsync(StreetHead, null, 1, Stop)).Notices);
    }

    [Fact]
    public async Task AnEmergencyThatNobodySees_GoesToTheDeputy_Once()
    {
        var whistle = await SoundEmergencyAsync();

        portal.Clock.Advance(TimeSpan.FromMinutes(4.9));
        await portal.TickAsync();
        Assert.Empty(await portal.NoticesOfAsync(EnergyHead));

        portal.Clock.Advance(TimeSpan.FromMinutes(0.2));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => portal.Get<NoticePlanner>().EscalateAsync(Stop), Stop)));
        await portal.TickAsync();

        var notice = Assert.Single(await portal.NoticesOfAsync(EnergyHead));
        Assert.Equal((true, true, $"/whistles/{whistle}"), (notice.IsForDeputy, notice.IsEmergency, notice.Link));
        portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await portal.TickAsync();
        Assert.Single(await portal.NoticesOfAsync(EnergyHead));
    }

    [Fact]
    public async Task AnEmergencyThatIsSeen_OrAnswered_StaysWithTheOfficer()
    {
        await SoundEmergencyAsync();
        await portal.Get<NoticeDesk>().SeeAsync(null, Energy);
        var answered = await SoundEmergencyAsync();
        await portal.InRoomAsync(answered, Energy, room => room.Respond(null, null, Energy, Now));

        portal.Clock.Advance(TimeSpan.FromMinutes(6));
        await portal.TickAsync();

        Assert.Empty(await portal.NoticesOfAsync(EnergyHead));
    }

    [Fact]
    public async Task WhatIsNoEmergency_WaitsForTheOfficer()
    {
        await portal.SoundAsync();

        portal.Clock.Advance(TimeSpan.FromHours(6));
        await portal.TickAsync();

        Assert.Empty(await portal.NoticesOfAsync(EnergyHead));
    }

    [Fact]
    public async Task OldNotices_AreDropped()
    {
        await portal.DispatchAsync();
        portal.Clock.Advance(TimeSpan.FromDays(181));
        await portal.DispatchAsync();

        await portal.Get<NoticeSender>().SweepAsync(Stop);

        Assert.Single(await portal.NoticesOfAsync(Street));
    }

    private async Task<Guid> SoundEmergencyAsync()
    {
        var whistle = await portal.DraftAsync(brief: Brief with { Kind = WhistleKind.Emergency });
        await portal.InRoomAsync(whistle, Street, room => room.SoundAtOnce(Rules, Street, Now));
        return whistle;
    }
}
