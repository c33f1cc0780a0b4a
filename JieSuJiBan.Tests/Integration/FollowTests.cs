using System.Net;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.PublicDoor;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The way back in: number and code, what a petitioner is told, what he may add and say.</summary>
public partial class FollowTests(DoorPortal portal) : IClassFixture<DoorPortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task NumberAndCode_AsPeopleTypeThem_OpenTheCase_AndStandInNoAddress()
    {
        var (number, code) = await new Visitor(portal).ReportedAsync();
        var visitor = new Visitor(portal);

        using var answer = await visitor.OpenAsync($" {number.Replace("-", "", StringComparison.Ordinal)} ", code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());

        Assert.Equal((HttpStatusCode.SeeOther, "/public/follow"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("jsjb-follow=", StringComparison.Ordinal));
        Assert.Contains("path=/public;", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        var page = await visitor.ReadAsync("/public/follow");
        Assert.Contains(Visitor.Lamp["text"], page, StringComparison.Ordinal);
        Assert.Contains("已收到，正在确定由谁办理", page, StringComparison.Ordinal);
        Assert.DoesNotContain(code, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongNumber_AWrongCode_AndACaseWithoutACode_AreAnsweredAlike()
    {
        var (number, _) = await new Visitor(portal).ReportedAsync();
        var id = await portal.RegisterAsync();
        await using var db = await portal.OpenDatabaseAsync();
        var ofTheHotline = (await db.Cases.SingleAsync(file => file.Id == id, Stop)).Number;

        var answers = new List<(HttpStatusCode, string, string)>();
        foreach (var (typed, code) in new[] { (number, "0000-0000-0000"), ("117-20260302-9999", "0000-0000-0000"), (number, "\uFFFE"), ("\uFFFE", "0"), (ofTheHotline, "0000-0000-0000"), ("", ""), (number, "") })
        {
            using var answer = await new Visitor(portal).OpenAsync(typed, code);
            answers.Add((answer.StatusCode, string.Join('|', answer.Headers.Select(header => header.Key).Order()), Token().Replace(await answer.Content.ReadAsStringAsync(Stop), "")));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("编号或查询码不对", answers[0].Item3, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_LocksTheNumber_WhetherItExistsOrNot_AndOpensAgain()
    {
        var (number, code) = await new Visitor(portal).ReportedAsync();
        foreach (var guessed in new[] { number, "117-20260302-8888" })
        {
            for (var tries = 0; tries < 5; tries++)
            {
                using var wrong = await new Visitor(portal).OpenAsync(guessed, "0000-0000-0000");
                Assert.Contains("编号或查询码不对", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            }

            using var locked = await new Visitor(portal).OpenAsync(guessed, code);
            Assert.Contains("试错次数太多", await locked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        using var opened = await new Visitor(portal).OpenAsync(number, code);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
    }

    [Fact]
    public async Task Guessing_KeepsNobodyOutButTheOneWhoGuesses()
    {
        var (number, code) = await new Visitor(portal).ReportedAsync();
        var desk = portal.Get<PublicDesk>();
        for (var tries = 0; tries < 9; tries++)
        {
            await desk.OpenAsync(number, "0000-0000-0000", "203.0.113.7", Stop);
        }

        Assert.Equal("public.follow.wait", (await desk.OpenAsync(number, code, "203.0.113.7", Stop)).Refusal?.Code);
        Assert.NotNull((await desk.OpenAsync(number, code, "203.0.113.8", Stop)).CaseId);
    }

    [Fact]
    public async Task OnASharedComputer_TheCodeIsGone_ForWhoeverLeavesRightAfterReporting()
    {
        var visitor = new Visitor(portal);
        await visitor.ReportedAsync();

        using var left = await visitor.PostAsync("/public/leave", Visitor.Hidden(await visitor.ReadAsync("/public/received"), "data-leave"));

        Assert.Equal(HttpStatusCode.SeeOther, await visitor.Client.StatusOfAsync("/public/received"));
        Assert.Contains("data-follow", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoHasShownNoCode_SeesNothing_AndAnHourLaterNeitherDoesWhoHas()
    {
        var visitor = new Visitor(portal);
        await visitor.ReportedAsync();

        Assert.Contains("data-follow", await new Visitor(portal).ReadAsync("/public/follow"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-follow", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        portal.Clock.Advance(FollowTickets.Life);
        Assert.Contains("data-follow", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await visitor.Client.StatusOfAsync("/public/received"));
    }

    [Fact]
    public async Task TheCode_IsShownAfterTheReportOnly_AndNotAfterLeaving()
    {
        var (number, code) = await new Visitor(portal).ReportedAsync();
        var visitor = new Visitor(portal);
        using var opened = await visitor.OpenAsync(number, code);
        Assert.Equal(HttpStatusCode.SeeOther, await visitor.Client.StatusOfAsync("/public/received"));

        using var left = await visitor.SayAsync("leave", []);

        Assert.Contains("data-follow", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePetitioner_IsToldInPlainWords_AndNothingOfTheInside()
    {
        var visitor = new Visitor(portal);
        var id = await IdAsync((await visitor.ReportedAsync()).Number);
        await DispatchAsync(id, Binhe);
        await portal.DoAsync(id, OtherStreet, file => file.ObjectToDispatch("内部理由", "内部依据", Mafang, Rules, OtherStreet, Now));
        await portal.DoAsync(id, SecondDispatcher, file => file.ReviewObjection(true, "内部意见", SecondDispatcher, Now));
        Assert.Contains("正在重新确定由谁办理", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        await DispatchAsync(id, Mafang);
        await portal.DoAsync(id, Street, file => file.Accept(Street, Now));
        await portal.DoAsync(id, Street, file => file.Contact(true, "内部联系记录", Street, Now));
        await portal.DoAsync(id, Street, file => file.Assign(Huijing, "内部交办", Street, Now));
        await portal.DoAsync(id, Street, file => file.Progress("内部进展", null, Street, Now));
        Assert.Contains("北京市平谷区马坊镇".Replace("北京市", "", StringComparison.Ordinal) + "正在办理", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        var whistle = await portal.ConferAsync(id);
        await portal.SayAsync(whistle, Energy, "内部发言");
        Assert.Contains("正在会同有关部门解决", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        await portal.InRoomAsync(whistle, Street, room => room.Recall("内部撤哨", Street, Now));
        await portal.DoAsync(id, Street, file => file.Submit("内部结果", null, Street, Now));
        await portal.DoAsync(id, StreetHead, file => file.Answer("路灯已换新，今晚亮灯。", StreetHead, Now));

        var page = await visitor.ReadAsync("/public/follow");

        Assert.Contains("已经答复", page, StringComparison.Ordinal);
        Assert.Contains("路灯已换新，今晚亮灯。", page, StringComparison.Ordinal);
        Assert.Contains("已交平谷区滨河街道办理", page, StringComparison.Ordinal);
        Assert.Contains("改由平谷区马坊镇办理", page, StringComparison.Ordinal);
        Assert.Contains("工作人员已与您联系", page, StringComparison.Ordinal);
        Assert.DoesNotContain("内部", page, StringComparison.Ordinal);
        Assert.DoesNotContain("异议", page, StringComparison.Ordinal);
        Assert.DoesNotContain("哨", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Brief.Title, page, StringComparison.Ordinal);
        Assert.All(Cast, officer => Assert.DoesNotContain(officer.Name, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task JoinedToAnothersCase_HeLearnsHowItStands_AndNothingThatIsInIt()
    {
        var other = await portal.StartAsync();
        var visitor = new Visitor(portal);
        var id = await IdAsync((await visitor.ReportedAsync()).Number);
        await using var db = await portal.OpenDatabaseAsync();
        var into = await db.Cases.SingleAsync(file => file.Id == other, Stop);
        await portal.DoAsync(id, Dispatcher, file => file.MergeInto(into, Dispatcher, Now));

        var page = await visitor.ReadAsync("/public/follow");

        Assert.Contains("已合并办理：平谷区马坊镇正在办理", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Garage.Text, page, StringComparison.Ordinal);
        Assert.DoesNotContain(into.Number, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_AreAddedOnce_WithTheirPhotos_AndTheUnitSeesThem()
    {
        var visitor = new Visitor(portal);
        var id = await IdAsync((await visitor.ReportedAsync()).Number);
        await DispatchAsync(id, Mafang);
        var form = Visitor.Hidden(await visitor.ReadAsync("/public/follow"), "data-facts");

        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await visitor.PostAsync("/public/facts", form, new() { ["text"] = "昨晚有人摔了一跤。\r\n就在门口。" }, [Pictures.JpegWithSecrets()]);
            Assert.Equal("/public/follow", answer.Headers.Location?.ToString());
        }

        await using var db = await portal.OpenDatabaseAsync();
        var added = Assert.IsType<FactsAdded>(Assert.Single(await db.Log.Where(entry => entry.Stream == id && entry.Type == "case.facts-added").ToListAsync(Stop)).Event);
        Assert.Equal("昨晚有人摔了一跤。\n就在门口。", added.Text);
        var photo = Assert.Single(added.Attachments!);
        Assert.Equal(HttpStatusCode.OK, await portal.CreateClientFor(Street).StatusOfAsync($"/files/{photo.Id}"));
        Assert.Contains("您补充了情况（照片1张）", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_WhoseTimeHasRunOut_AreNotLost()
    {
        var visitor = new Visitor(portal);
        await visitor.ReportedAsync();
        var form = Visitor.Hidden(await visitor.ReadAsync("/public/follow"), "data-facts");
        portal.Clock.Advance(FollowTickets.Life);

        using var answer = await visitor.PostAsync("/public/facts", form, new() { ["text"] = "写了很久的话。" });

        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("写了很久的话。", page, StringComparison.Ordinal);
        Assert.Contains("查询已过期", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("facts"), InlineData("rating"), InlineData("follow"), InlineData("leave")]
    public async Task AForeignPage_CannotSpeakForHim(string form)
    {
        var visitor = new Visitor(portal);
        var (number, code) = await visitor.ReportedAsync();
        var id = await IdAsync(number);

        using var answer = await visitor.PostAsync(
            $"/public/{form}", [], new() { ["text"] = "假的", ["solved"] = "yes", ["satisfaction"] = "Satisfied", ["number"] = number, ["code"] = code });

        Assert.Contains("data-facts", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Equal(1, await db.Log.CountAsync(entry => entry.Stream == id, Stop));
    }

    [Fact]
    public async Task ARating_StandsBeforeTheCallback_AndCanBeChanged()
    {
        var visitor = new Visitor(portal);
        var id = await AnsweredAsync(visitor);

        using var first = await visitor.SayAsync("rating", new() { ["solved"] = "no", ["satisfaction"] = "Unsatisfied", ["remark"] = "还是不亮" });
        using var second = await visitor.SayAsync("rating", new() { ["solved"] = "yes", ["satisfaction"] = "Basically", ["remark"] = "" });

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.StatusCode, second.StatusCode));
        await using var db = await portal.OpenDatabaseAsync();
        var file = await db.Cases.SingleAsync(file => file.Id == id, Stop);
        Assert.Equal((true, Satisfaction.Basically), (file.Rating!.Solved, file.Rating.Satisfaction));
        Assert.Equal((CaseStatus.Answered, null), (file.Status, file.Solved));
        Assert.Contains("您的评价：已解决，基本满意", await visitor.ReadAsync("/public/follow"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Satisfied"), InlineData("yes", ""), InlineData("yes", "NotSaid"), InlineData("yes", "99"), InlineData("maybe", "Satisfied")]
    public async Task HalfARating_IsRefused(string solved, string satisfaction)
    {
        var visitor = new Visitor(portal);
        var id = await AnsweredAsync(visitor);

        using var answer = await visitor.SayAsync("rating", new() { ["solved"] = solved, ["satisfaction"] = satisfaction });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        await using var db = await portal.OpenDatabaseAsync();
        Assert.Null((await db.Cases.SingleAsync(file => file.Id == id, Stop)).Rating);
    }

    private async Task<Guid> AnsweredAsync(Visitor visitor)
    {
        var id = await IdAsync((await visitor.ReportedAsync()).Number);
        await DispatchAsync(id, Mafang);
        await portal.DoAsync(id, Street, file => file.Accept(Street, Now));
        await portal.DoAsync(id, Street, file => file.Contact(true, "已联系", Street, Now));
        await portal.DoAsync(id, Street, file => file.Progress("已换灯", null, Street, Now));
        await portal.DoAsync(id, Street, file => file.Submit("已换灯", null, Street, Now));
        await portal.DoAsync(id, StreetHead, file => file.Answer("路灯已换新。", StreetHead, Now));
        return id;
    }

    private Task DispatchAsync(Guid id, JieSuJiBan.Domain.Organisation.OrgPath lead) => portal.DoAsync(id, Dispatcher, file => file.Dispatch(
        new DispatchOrder(lead, [], Now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, Now));

    private async Task<Guid> IdAsync(string number)
    {
        await using var db = await portal.OpenDatabaseAsync();
        return await db.Cases.Where(file => file.Number == number).Select(file => file.Id).SingleAsync(Stop);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex Token();
}
