using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Who hears what the clock writes: the one who is late, then one higher each time; after a time away in one notice, and danger at night too.</summary>
public sealed class ClockNoticeTests : IAsyncLifetime
{
    private readonly NoticePortal _portal = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _portal.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => await _portal.SettleAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task AWhistlesChain_IsHeardOneHigherEachTime()
    {
        var whistle = await _portal.SoundAsync();
        await _portal.InRoomAsync(whistle, Energy, room => room.ReportIn(ReportMode.OnSite, null, null, Energy, Now));
        await _portal.SettleAsync();

        Assert.Equal(["mafang Late"], await HeardAtAsync(LimitUnit.WorkingHours, 4));                                     // 逾期: the whistler
        Assert.Equal(["gd Urged"], await HeardAtAsync(LimitUnit.Minutes, 10));                                            // 自动催: the unit
        Assert.Equal(["gd Urged", "mafang-lead Urged"], await HeardAtAsync(LimitUnit.WorkingHours, 4));                   // 吹哨方督办: the whistler's head; a unit without one hears it itself
        Assert.Contains("supervisor Reported", await HeardAtAsync(LimitUnit.WorkingHours, 4));                               // 报区: the district
        Assert.Contains("leader DecisionAsked", await HeardAtAsync(LimitUnit.WorkingHours, 8));                           // 领导批示
    }

    [Fact]
    public async Task AnObjectionNobodyReviews_IsHeardByTheDistrict()
    {
        var id = await DispatchAsync();
        await _portal.DoAsync(id, Street, file => file.ObjectToDispatch("不在职责内", "《清单》", null, Rules, Street, Now));
        await _portal.SettleAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(9));
        await _portal.Get<PortalClock>().TickAsync(Stop);

        Assert.Equal([NoticeKind.Late, NoticeKind.Late, NoticeKind.Late], new[] { Dispatcher, SecondDispatcher, Supervisor }.Select(person => Assert.Single(Told(person)).Kind));
        Assert.Empty(Told(DistrictLeader));
    }

    [Fact]
    public async Task AContest_RemindsWhoeverHasIt_AndIsHeardHigherWhenLate_OnceEach()
    {
        var id = await _portal.AwaitCallbackAsync();
        await _portal.DoAsync(id, Dispatcher, file => file.CallBack(No, Dispatcher, Now));
        await _portal.DoAsync(id, Street, file => file.Contest(ContestKind.Result, ContestGround.WrongRecord, "与本人说的不符。", null, CallbackTerms.Default, Rules.Calendar, Street, Now));
        await _portal.DoAsync(id, Supervisor, file => file.AssignCharge(DistrictLeader, null, "双否", Supervisor, Now));
        await _portal.DoAsync(id, Dispatcher, file => file.Close("结案。", Dispatcher, Now));

        Assert.Equal(["dispatch ContestNear", "dispatch2 ContestNear"], await HeardByClockAsync(id));
        Assert.Equal(["dispatch ContestLate", "dispatch2 ContestLate", "supervisor ContestLate"], await HeardByClockAsync(id));
        await _portal.DoAsync(id, SecondDispatcher, file => file.ExamineContest(true, "属实。", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, Now));
        Assert.Equal(["supervisor ContestNear"], await HeardByClockAsync(id));
        Assert.Equal(["leader ContestLate", "supervisor ContestLate"], await HeardByClockAsync(id));
        Assert.Equal((null, CaseStatus.Closed), ((await FindAsync(id)).ClockAt, (await FindAsync(id)).Status));
    }

    [Fact]
    public async Task WhatNobodyDispatches_IsHeardByTheCommandCentre_AndAMissedNodeByTheUnit()
    {
        await _portal.RegisterAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        await _portal.Get<PortalClock>().TickAsync(Stop);
        Assert.Equal(NoticeKind.Late, Assert.Single(Told(Dispatcher)).Kind);

        await _portal.SettleAsync();
        await DispatchAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        await _portal.Get<PortalClock>().TickAsync(Stop);
        Assert.Equal([NoticeKind.Dispatched, NoticeKind.Late], Told(Street).Select(notice => notice.Kind).Order());
    }

    [Fact]
    public async Task AfterAWeekAway_OneNoticeSumsUp()
    {
        await _portal.WishAsync(Street);
        for (var n = 0; n < 4; n++)
        {
            await DispatchAsync();
        }

        await _portal.TickAsync();
        await _portal.Get<NoticeDesk>().SeeAsync(null, Street);
        _portal.Mail.Mails.Clear();
        _portal.Clock.Advance(TimeSpan.FromDays(8));

        await _portal.Get<PortalClock>().TickAsync(Stop);
        await _portal.TickAsync();

        var sum = Assert.Single(Told(Street), notice => notice is { SummedIn: null, SeenAt: null, Kind: NoticeKind.Late or NoticeKind.Urged });
        Assert.Equal(4 * 6, sum.Count);  // four nodes, one reminder and the limit of each; what was ordered is told as an order
        Assert.Single(_portal.Mail.Mails, mail => mail.Subject.EndsWith("24件", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatComesBitByBit_IsSummedUpToo()
    {
        for (var n = 0; n < 12; n++)
        {
            await DispatchAsync();
            _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await _portal.TickAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(108));
        for (var n = 0; n < 12; n++)
        {
            await _portal.Get<PortalClock>().TickAsync(Stop);
            await _portal.TickAsync();
            _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var told = Told(Street).Where(notice => notice is { SummedIn: null, Kind: NoticeKind.Late }).ToList();
        Assert.Equal((6, 7), (told.Count, told.Max(notice => notice.Count)));
    }

    [Fact]
    public async Task DangerBreaksTheQuiet_TheRestWaitsForTheMorning()
    {
        var night = new DateTimeOffset(2026, 3, 2, 23, 0, 0, WorkCalendar.Beijing);
        _portal.Clock.Set(night);
        foreach (var person in new[] { Street, Power, Energy })
        {
            await _portal.WishAsync(person, wishes => (wishes.QuietFrom, wishes.QuietTo) = (new TimeOnly(22, 0), new TimeOnly(7, 0)));
        }

        var emergency = await _portal.DraftAsync(brief: Brief with { Kind = WhistleKind.Emergency });
        await _portal.InRoomAsync(emergency, Street, room => room.SoundAtOnce(Rules, Street, Now));
        await _portal.InRoomAsync(emergency, Energy, room => room.Respond(null, null, Energy, Now));
        await DispatchAsync();
        await DispatchAsync(Garage with { Text = "地下车库飞线充电着火，有人被困。" });
        await _portal.SettleAsync();
        foreach (var person in new[] { Street, Power, Energy })
        {
            await _portal.WishAsync(person, wishes => (wishes.QuietFrom, wishes.QuietTo) = (new TimeOnly(22, 0), new TimeOnly(7, 0)));
        }

        _portal.Clock.Set(night.AddMinutes(12));
        await _portal.Get<PortalClock>().TickAsync(Stop);
        await _portal.TickAsync();
        Assert.Equal([("gd@example.org", "【应急】催办督办"), ("mafang@example.org", "【应急】时限提醒")], _portal.Mail.Mails.Select(mail => (mail.To, mail.Subject)).Order());

        _portal.Clock.Set(night.AddHours(2.5));
        await _portal.Get<PortalClock>().TickAsync(Stop);
        await _portal.TickAsync();
        Assert.All(_portal.Mail.Mails, mail => Assert.StartsWith("【应急】", mail.Subject, StringComparison.Ordinal));
        Assert.Contains(Told(Street), notice => notice is { IsEmergency: false, PlanAt: not null });
    }

    [Fact]
    public async Task WhoHasLostHisPost_IsSentNothing_ThoughItWaitsToBeTriedAgain()
    {
        await _portal.WishAsync(Street);
        _portal.Mail.Answer = _ => 451;
        await DispatchAsync();
        await _portal.TickAsync();
        Assert.Equal(SendState.Waiting, Assert.Single(await _portal.SendsAsync()).State);

        await using (var db = await _portal.OpenDatabaseAsync())
        {
            await db.Posts.Where(post => post.UserId == Street.UserId).ExecuteUpdateAsync(set => set.SetProperty(post => post.EndedAt, Now), Stop);
        }

        await _portal.Get<PostBook>().LoadAsync(Stop);
        _portal.Mail.Answer = _ => 250;
        _portal.Mail.Mails.Clear();
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await _portal.TickAsync();

        Assert.Empty(_portal.Mail.Mails);
        Assert.Equal(SendState.Dead, Assert.Single(await _portal.SendsAsync()).State);
    }

    [Fact]
    public async Task OneThatCannotBeSent_HoldsUpNoOther_AndIsGivenUpInTheEnd()
    {
        await _portal.WishAsync(Street);
        await using (var db = await _portal.OpenDatabaseAsync())
        {
            db.PushSubscriptions.Add(new PushSubscription { UserId = Street.UserId, Endpoint = "https://push.example.org/1", PublicKey = new byte[65], Auth = new byte[16], CreatedAt = Now });
            await db.SaveChangesAsync(Stop);
        }

        await DispatchAsync();
        await _portal.TickAsync();

        Assert.Single(_portal.Mail.Mails);
        var broken = Assert.Single(await _portal.SendsAsync(), send => send.Way == NoticeWay.Push);
        Assert.Equal((SendState.Waiting, 1, null), (broken.State, broken.Tries, broken.LeasedUntil));
    }

    private List<Notice> Told(Actor person) => _portal.NoticesOfAsync(person).GetAwaiter().GetResult();

    // What is heard so much later, by whom.
    private async Task<List<string>> HeardAtAsync(LimitUnit unit, int later)
    {
        await _portal.SettleAsync();
        _portal.Clock.Set(new TimeLimit(later, unit).After(Now, Rules.Calendar));
        await _portal.Get<PortalClock>().TickAsync(Stop);
        return [.. Cast.SelectMany(person => Told(person).Select(notice => $"{person.UserId} {notice.Kind}")).Order(StringComparer.Ordinal)];
    }

    private async Task<CaseFile> FindAsync(Guid id) => (await _portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop))!;

    // What is heard when the clock looks at the case next.
    private async Task<List<string>> HeardByClockAsync(Guid id)
    {
        await _portal.SettleAsync();
        _portal.Clock.Set((await FindAsync(id)).ClockAt!.Value);
        await _portal.Get<PortalClock>().TickAsync(Stop);
        return [.. Cast.SelectMany(person => Told(person).Select(notice => $"{person.UserId} {notice.Kind}")).Order(StringComparer.Ordinal)];
    }

    private async Task<Guid> DispatchAsync(Demand? demand = null)
    {
        var id = await _portal.RegisterAsync(demand);
        await _portal.DoAsync(id, Dispatcher, file => file.Dispatch(_portal.Get<Orders>().For(file, Mafang, null), Rules.Calendar, Dispatcher, Now));
        return id;
    }
}
