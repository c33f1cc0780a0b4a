using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Firms;
using JieSuJiBan.Web.Webhooks;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Support;

/// <summary>The scenes of <see cref="Given"/>, played at the desks of a running portal.</summary>
internal static class Scenes
{
    public static async Task<Guid> RegisterAsync(this PortalFixture portal, Demand? demand = null, Actor? by = null)
    {
        var (id, outcome) = await portal.Get<CaseDesk>().RegisterAsync(demand ?? Garage, Caller, by ?? Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }

    public static async Task<Guid> DispatchAsync(this PortalFixture portal, OrgPath? lead = null, Demand? demand = null)
    {
        var id = await portal.RegisterAsync(demand);
        await portal.DoAsync(id, Dispatcher, file => file.Dispatch(
            new DispatchOrder(lead ?? Mafang, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));
        return id;
    }

    public static async Task<Guid> StartAsync(this PortalFixture portal)
    {
        var id = await portal.DispatchAsync();
        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Contact(true, "已说明今天到现场。", Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Street, file => file.Progress("已约谈物业。", null, Street, portal.Clock.GetUtcNow()));
        return id;
    }

    /// <summary>Answered, and its limit has passed: somebody is to ask the petitioner.</summary>
    public static async Task<Guid> AwaitCallbackAsync(this PortalFixture portal, Demand? demand = null)
    {
        var id = await portal.DispatchAsync(demand: demand);
        await portal.DoAsync(id, Street, file => file.Accept(Street, portal.Clock.GetUtcNow()));
        await portal.AnswerAsync(id);
        return id;
    }

    /// <summary>The street does what it has accepted, and its limit passes.</summary>
    public static async Task AnswerAsync(this PortalFixture portal, Guid id)
    {
        var now = portal.Clock.GetUtcNow();
        await portal.DoAsync(id, Street, file => file.Contact(true, "已说明今天到现场。", Street, now));
        await portal.DoAsync(id, Street, file => file.Progress("已约谈物业。", null, Street, now));
        await portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, now));
        await portal.DoAsync(id, StreetHead, file => file.Answer("充电桩已可使用。", StreetHead, now));
        portal.Clock.Advance(TimeSpan.FromDays(7.1));
        await portal.DoAsync(id, Actor.Clock, file => file.Ring(portal.Clock.GetUtcNow()));
    }

    /// <summary>Cases of February about a firm, each called back.</summary>
    public static async Task CallBackAboutAsync(this PortalFixture portal, string firm, int solved, int not)
    {
        await using var db = await portal.OpenDatabaseAsync();
        foreach (var (answer, no) in Enumerable.Repeat(Yes, solved).Concat(Enumerable.Repeat(No, not)).Select((answer, no) => (answer, no)))
        {
            var at = At((-20 * 24) + no);
            var order = Order with { SourceNumber = $"F{Guid.NewGuid():N}", RaisedAt = at, SourceFacts = new Dictionary<string, string> { ["企业名称"] = firm } };
            var file = CaseFile.Register(Guid.CreateVersion7(), $"F-{Guid.NewGuid():N}", order, Hotline, at).File!
                .Do(f => f.Dispatch(new DispatchOrder(Mafang, [], at.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, at.AddHours(1)))
                .Do(f => f.Accept(Street, at.AddHours(2)))
                .Do(f => f.Contact(true, "已说明。", Street, at.AddHours(3)))
                .Do(f => f.Progress("已约谈。", null, Street, at.AddHours(4)))
                .Do(f => f.Submit("已办。", null, Street, at.AddHours(5)))
                .Do(f => f.Answer("已办。", StreetHead, at.AddHours(6)))
                .Do(f => f.CallBack(answer, Dispatcher, at.AddDays(8)));
            db.Cases.Add(file);
            db.Log.AddRange(file.Unsaved);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>February's red and black list, published, and something since.</summary>
    public static async Task<Guid> PublishFirmsAsync(this PortalFixture portal)
    {
        await portal.CallBackAboutAsync("北京安居物业管理有限公司", solved: 1, not: 5);
        await portal.CallBackAboutAsync("大华超市有限公司", solved: 3, not: 0);
        var (desk, now) = (portal.Get<FirmListDesk>(), portal.Clock.GetUtcNow());
        var (id, proposed) = await desk.ProposeAsync(new Month(2026, 2), Dispatcher);
        Assert.Null(proposed.Refusal);
        var leader = DistrictLeader.Fresh(now);
        foreach (var (by, act) in new (Actor, Func<FirmList, Outcome>)[]
        {
            (Dispatcher, list => list.Notify(Rules.Calendar, Dispatcher, now)), (Dispatcher, list => list.Reply(1, "已更换电梯。", Dispatcher, now)), (Dispatcher, list => list.Reply(2, "没有意见。", Dispatcher, now)),
            (leader, list => list.Publish(null, leader, now)), (Dispatcher, list => list.Reply(1, "已更换电梯，有验收单。", Dispatcher, now)),
        })
        {
            Assert.Null((await desk.DoAsync(id, by, act)).Refusal);
        }

        return id;
    }

    /// <summary>Something that a grid worker has found and reported.</summary>
    public static Task<Guid> FindAsync(this PortalFixture portal, Demand? found = null, Actor? by = null) => portal.RegisterAsync(found ?? Find, by ?? GridWorker);

    /// <summary>What he found is answered, and waits for his word.</summary>
    public static async Task<Guid> AnswerFindAsync(this PortalFixture portal)
    {
        var id = await portal.FindAsync();
        var now = portal.Clock.GetUtcNow();
        await portal.DoAsync(id, Street, file => file.Dispatch(new DispatchOrder(Mafang, [], now.AddDays(7), "一般诉求7日"), Rules.Calendar, Street, now));
        await portal.DoAsync(id, Street, file => file.Accept(Street, now));
        await portal.DoAsync(id, Street, file => file.Progress("已叫车清运。", null, Street, now));
        await portal.DoAsync(id, Street, file => file.Submit("两车垃圾已清走。", null, Street, now));
        await portal.DoAsync(id, StreetHead, file => file.Answer("垃圾已清走，通道已恢复。", StreetHead, now));
        return id;
    }

    public static async Task<Guid> DraftAsync(this PortalFixture portal, Guid? caseId = null, WhistleBrief? brief = null, Actor? by = null)
    {
        by ??= Street;
        var (whistle, outcome) = await portal.Get<WhistleDesk>().DraftAsync(brief ?? Brief, caseId, by);
        Assert.Null(outcome.Refusal);
        return whistle;
    }

    public static async Task<Guid> SoundAsync(this PortalFixture portal, Guid? caseId = null, WhistleBrief? brief = null)
    {
        var whistle = await portal.DraftAsync(caseId, brief);
        await portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        var head = StreetHead.Fresh(portal.Clock.GetUtcNow());
        await portal.InRoomAsync(whistle, head, room => room.Sign("同意。", Rules, head, portal.Clock.GetUtcNow()));
        return whistle;
    }

    public static async Task<Guid> ConferAsync(this PortalFixture portal, Guid? caseId = null)
    {
        var whistle = await portal.SoundAsync(caseId);
        await portal.InRoomAsync(whistle, Energy, room => room.ReportIn(ReportMode.OnSite, null, null, Energy, portal.Clock.GetUtcNow()));
        await portal.InRoomAsync(whistle, Power, room => room.ReportIn(ReportMode.Video, null, null, Power, portal.Clock.GetUtcNow()));
        return whistle;
    }

    /// <summary>A whistle whose units have done what they took on: both sides may rate each other.</summary>
    public static async Task<Guid> ConfirmAsync(this PortalFixture portal, Guid? caseId = null)
    {
        var whistle = await portal.ConferAsync(caseId);
        var now = portal.Clock.GetUtcNow();
        await portal.InRoomAsync(whistle, Energy, room => room.Commit("建48个充电桩", "徐明远", now.AddDays(7), Energy, now));
        await portal.InRoomAsync(whistle, Power, room => room.Commit("送电", "邹电远", now.AddDays(6), Power, now));
        await portal.InRoomAsync(whistle, Street, room => room.IssueMinutes("纪要", Street, now));
        await portal.InRoomAsync(whistle, Energy, room => room.FeedBack(1, "48个桩已建成", null, Energy, now));
        await portal.InRoomAsync(whistle, Power, room => room.FeedBack(2, "已送电", null, Power, now));
        await portal.InRoomAsync(whistle, Street, room => room.Settle(1, Street, now));
        await portal.InRoomAsync(whistle, Street, room => room.Settle(2, Street, now));
        await portal.InRoomAsync(whistle, Street, room => room.Confirm("已解决", Rules, Street, now));
        return whistle;
    }

    public static async Task<Guid> CloseAsync(this PortalFixture portal)
    {
        var id = await portal.StartAsync();
        await portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, StreetHead, file => file.Answer("充电桩已可使用。", StreetHead, portal.Clock.GetUtcNow()));
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(Yes, Dispatcher, portal.Clock.GetUtcNow()));
        await portal.DoAsync(id, Dispatcher, file => file.Close("同意结案。", Dispatcher, portal.Clock.GetUtcNow()));
        return id;
    }

    /// <summary>Another system that could not be reached and was switched off; what was tried lies with the dead.</summary>
    public static async Task<Guid> ListenAsync(this PortalFixture portal)
    {
        var (_, outcome) = await portal.Get<WebhookDesk>().CreateAsync(new WebhookTerms("城市运行平台", District, "https://events.example.org/jsjb", "case.*"), Administrator);
        Assert.Null(outcome.Refusal);
        await using var db = await portal.OpenDatabaseAsync();
        var id = await db.Webhooks.OrderByDescending(webhook => webhook.Id).Select(webhook => webhook.Id).FirstAsync();
        Assert.Null((await portal.Get<WebhookDesk>().SwitchAsync(id, false, Administrator)).Refusal);
        db.Deliveries.AddRange(Enumerable.Range(0, 3).Select(n => new Delivery
        {
            WebhookId = id,
            Event = "case.dispatched",
            Body = $$"""{"event":"case.dispatched","number":"117-20260302-000{{n}}","status":"Dispatched"}""",
            At = portal.Clock.GetUtcNow(),
            State = DeliveryState.Dead,
            Tries = 10,
            TriedAt = portal.Clock.GetUtcNow(),
            Fault = DeliveryFault.Refused,
            Status = 503,
        }));
        await db.SaveChangesAsync();
        return id;
    }

    public static Task SayAsync(this PortalFixture portal, Guid whistle, Actor by, string text) =>
        portal.InRoomAsync(whistle, by, room => room.Post(text, null, null, by, portal.Clock.GetUtcNow()));

    public static async Task DoAsync(this PortalFixture portal, Guid id, Actor by, Func<CaseFile, Outcome> act) =>
        Assert.Null((await portal.Get<CaseDesk>().DoAsync(id, by, act)).Refusal);

    public static async Task InRoomAsync(this PortalFixture portal, Guid id, Actor by, Func<Whistle, Outcome> act) =>
        Assert.Null((await portal.Get<WhistleDesk>().DoAsync(id, by, act)).Refusal);
}
