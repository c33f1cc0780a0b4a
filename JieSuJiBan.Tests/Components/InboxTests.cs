using AngleSharp.Dom;
using Bunit;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Components;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Log;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

public class InboxTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARequest_ComesWithItsFacts_IsAgreedToInPlace_AndIsGone()
    {
        var whistle = await portal.ConferAsync(await portal.StartAsync());
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");
        Assert.Null(CardOf(inbox, whistle));

        await AskAsync(whistle, "面积口径定不了。");
        inbox.WaitForAssertion(() => Assert.NotNull(CardOf(inbox, whistle)));
        var facts = CardOf(inbox, whistle)!.TextContent;
        Assert.All([Brief.Title, "面积口径定不了。", Garage.Text, Garage.Place, Brief.Tried, Brief.LegalBasis, Brief.Summons[0].Ask, "马坊镇", "区城管委"],
            fact => Assert.Contains(fact, facts, StringComparison.Ordinal));

        await WriteAsync(inbox, whistle, "text", "以实测为准。");
        await SubmitAsync(inbox, whistle);

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
        Assert.Equal((1, Decision.Approved, "以实测为准。"), Decided(await EventsAsync(whistle)));
    }

    [Fact]
    public async Task AReturn_NeedsAReason_WhichIsSaidAtItsField()
    {
        var whistle = await portal.ConferAsync();
        await AskAsync(whistle, "请协调。");
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector("input[value=Returned]")!.Change("Returned"));
        await SubmitAsync(inbox, whistle);

        inbox.WaitForAssertion(() => Assert.NotNull(CardOf(inbox, whistle)!.QuerySelector(".field.wrong textarea[name=text]")));
        Assert.DoesNotContain(await EventsAsync(whistle), happened => happened is LeaderDecided);
    }

    [Fact]
    public async Task ADecisionLongAfterSigningIn_AsksForThePassword_AndKeepsWhatWasWritten()
    {
        var whistle = await portal.ConferAsync();
        await AskAsync(whistle, "请协调。");
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        await WriteAsync(inbox, whistle, "text", "同意协调。");

        await SubmitAsync(inbox, whistle);
        inbox.WaitForAssertion(() => Assert.Contains("请再次输入密码", Alert(inbox, whistle), StringComparison.Ordinal));

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector("input[type=password]")!.Change("wrong"));
        await SubmitAsync(inbox, whistle);
        inbox.WaitForAssertion(() => Assert.Equal("密码不正确。", Alert(inbox, whistle)));
        Assert.DoesNotContain(await EventsAsync(whistle), happened => happened is LeaderDecided);

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector("input[type=password]")!.Change(PortalFixture.Password));
        await SubmitAsync(inbox, whistle);
        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
        Assert.Equal((1, Decision.Approved, "同意协调。"), Decided(await EventsAsync(whistle)));
    }

    [Fact]
    public async Task WhatIsDecidedElsewhere_LeavesTheOpenInbox()
    {
        var whistle = await portal.ConferAsync();
        await AskAsync(whistle, "请协调。");
        await using var stage = new Stage(portal, DistrictLeader);
        var inbox = stage.Open("/inbox");
        Assert.NotNull(CardOf(inbox, whistle));

        var leader = DistrictLeader.Fresh(portal.Clock.GetUtcNow());
        await portal.InRoomAsync(whistle, leader, room => room.Decide(1, Decision.Approved, "", null, null, Rules, leader, portal.Clock.GetUtcNow()));

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
    }

    [Fact]
    public async Task AReturnThatWasRefused_DoesNotTurnTheNextSignatureIntoOne()
    {
        var whistle = await portal.DraftAsync();
        await portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        await using var stage = new Stage(portal, StreetHead);
        var inbox = stage.Open("/inbox");

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelectorAll("button").Single(button => button.Caption() == "退回").ClickAsync(new()));
        inbox.WaitForAssertion(() => Assert.Equal("请写明退回原因。", Alert(inbox, whistle)));
        Assert.Equal(["同意吹哨", "退回"], CardOf(inbox, whistle)!.QuerySelectorAll("button").Select(Reading.Caption));

        await SubmitAsync(inbox, whistle);
        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
        Assert.Contains(await EventsAsync(whistle), happened => happened is WhistleSounded);
    }

    [Fact]
    public async Task AReturnThatWaitsForThePassword_StaysAReturn_AndSaysSo()
    {
        var whistle = await portal.DraftAsync();
        await portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        await using var stage = new Stage(portal, StreetHead);
        var inbox = stage.Open("/inbox");
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        await WriteAsync(inbox, whistle, "reason", "请补充依据。");

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelectorAll("button").Single(button => button.Caption() == "退回").ClickAsync(new()));
        await inbox.InvokeAsync(() => inbox.WaitForElement("input[type=password]").Change(PortalFixture.Password));
        Assert.Equal(["退回"], CardOf(inbox, whistle)!.QuerySelectorAll("button").Select(Reading.Caption));
        await SubmitAsync(inbox, whistle);

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
        Assert.Contains(await EventsAsync(whistle), happened => happened is WhistleReturned { Reason: "请补充依据。" });
    }

    [Fact]
    public async Task RoutineWhistles_AreSignedTogether_AHardOneByItself()
    {
        var (first, second, hard) = (await SubmitAsync(WhistleKind.Routine), await SubmitAsync(WhistleKind.Routine), await SubmitAsync(WhistleKind.Hard));
        await using var stage = new Stage(portal, StreetHead.Fresh(portal.Clock.GetUtcNow()));
        var inbox = stage.Open("/inbox");
        Assert.Null(CardOf(inbox, hard)!.QuerySelector("input[type=checkbox]"));

        await SubmitTogetherAsync(inbox);
        inbox.WaitForAssertion(() => Assert.Equal("请先选中要一并审签的哨单。", inbox.Find(".batch [role=alert]").Text()));

        await inbox.InvokeAsync(() => CardOf(inbox, first)!.QuerySelector("input[type=checkbox]")!.Change(true));
        await inbox.InvokeAsync(() => CardOf(inbox, second)!.QuerySelector("input[type=checkbox]")!.Change(true));
        await SubmitTogetherAsync(inbox);

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, second)));
        Assert.Null(CardOf(inbox, first));
        Assert.NotNull(CardOf(inbox, hard));
        foreach (var whistle in new[] { first, second })
        {
            Assert.Contains(await EventsAsync(whistle), happened => happened is WhistleSigned { Together: 2 });
        }
    }

    [Fact]
    public async Task MoreTimeForACase_IsAskedOnItsPage_AndGrantedInTheInbox()
    {
        var id = await portal.StartAsync();
        await using var street = new Stage(portal, Street);
        var page = street.Open($"/cases/{id}?do=ask");
        var until = portal.Clock.GetUtcNow().AddDays(10);
        await page.InvokeAsync(() => page.Find("input[name=until]").Change(until.ForInput()));
        await page.InvokeAsync(() => page.Find("textarea[name=reason]").Change("要公示7天。"));
        await page.InvokeAsync(() => page.Find(".acts form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".acts .field.wrong textarea[name=explanation]")));
        await page.InvokeAsync(() => page.Find("textarea[name=explanation]").Change("已电话说明要公示。"));
        await page.InvokeAsync(() => page.Find(".acts form").SubmitAsync());

        await using var stage = new Stage(portal, StreetHead.Fresh(portal.Clock.GetUtcNow()));
        var inbox = stage.Open("/inbox");
        IElement? Card() => inbox.FindAll("article.decision").FirstOrDefault(card => card.QuerySelector("h2 a")!.GetAttribute("href") == $"/cases/{id}");
        inbox.WaitForAssertion(() => Assert.Contains("已电话说明要公示。", Card()!.TextContent, StringComparison.Ordinal));
        await inbox.InvokeAsync(() => Card()!.QuerySelector("form")!.SubmitAsync());
        inbox.WaitForAssertion(() => Assert.Null(Card()));

        var file = (await portal.Get<Web.Cases.CaseDesk>().FindAsync(id, Street, Stop))!;
        Assert.Equal(until.ForInput(), file.DueAt!.Value.ForInput());
    }

    [Fact]
    public async Task TheProposedText_IsTakenWithOneTouch()
    {
        var whistle = await portal.ConferAsync();
        await AskAsync(whistle, "请协调。");
        await using var stage = new Stage(portal, DistrictLeader.Fresh(portal.Clock.GetUtcNow()));
        var inbox = stage.Open("/inbox");

        await inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector(".proposed button")!.Click());
        await SubmitAsync(inbox, whistle);

        inbox.WaitForAssertion(() => Assert.Null(CardOf(inbox, whistle)));
        Assert.Equal((1, Decision.Approved, "同意提级。请区城管委牵头研究，提出解决意见；马坊镇继续做好对诉求人的解释。"), Decided(await EventsAsync(whistle)));
    }

    [Fact]
    public async Task TheUnitsRecord_StandsBesideTheQuestion()
    {
        var whistle = await portal.ConferAsync(await portal.StartAsync());
        await AskAsync(whistle, "请协调。");
        await using var stage = new Stage(portal, DistrictLeader);

        var facts = CardOf(stage.Open("/inbox"), whistle)!.TextContent;

        Assert.Matches("区城管委.?近90天被吹哨[1-9][0-9]*次", facts.Replace("\n", "", StringComparison.Ordinal));
        Assert.Matches("马坊镇.?近90天被吹哨0次，在办案件[1-9]", facts.Replace("\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mafang"), InlineData("dispatch"), InlineData("admin")]
    public async Task WhoDecidesNothing_HasNoInbox(string user)
    {
        await using var stage = new Stage(portal, Cast.Single(actor => actor.UserId == user));

        Assert.Contains(Reading.NotFound, stage.Open("/inbox").MainText(), StringComparison.Ordinal);
    }

    private async Task<Guid> SubmitAsync(WhistleKind kind)
    {
        var whistle = await portal.DraftAsync(brief: Brief with { Kind = kind });
        await portal.InRoomAsync(whistle, Street, room => room.Submit(Rules, Street, portal.Clock.GetUtcNow()));
        return whistle;
    }

    private static Task SubmitTogetherAsync(IRenderedComponent<Routes> inbox) => inbox.InvokeAsync(() => inbox.Find(".batch form").SubmitAsync());

    private Task AskAsync(Guid whistle, string reason) => portal.InRoomAsync(whistle, Street, room =>
        room.AskLeader(new LeaderQuestion(RequestKind.Escalation, reason), Rules, Street, portal.Clock.GetUtcNow()));

    private async Task<IReadOnlyList<LogEvent>> EventsAsync(Guid whistle) =>
        [.. (await portal.Get<LogBook>().ReadAfterAsync(whistle, 0, cancellationToken: Stop)).Select(entry => entry.Event)];

    private static (int, Decision, string) Decided(IEnumerable<LogEvent> events)
    {
        var decided = events.OfType<LeaderDecided>().Single();
        return (decided.No, decided.Decision, decided.Text);
    }

    private static IElement? CardOf(IRenderedComponent<Routes> inbox, Guid whistle) =>
        inbox.FindAll("article.decision").FirstOrDefault(card => card.QuerySelector("h2 a")!.GetAttribute("href") == $"/whistles/{whistle}");

    private static Task WriteAsync(IRenderedComponent<Routes> inbox, Guid whistle, string field, string text) =>
        inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector($"textarea[name={field}]")!.Change(text));

    private static Task SubmitAsync(IRenderedComponent<Routes> inbox, Guid whistle) =>
        inbox.InvokeAsync(() => CardOf(inbox, whistle)!.QuerySelector("form")!.SubmitAsync());

    private static string? Alert(IRenderedComponent<Routes> inbox, Guid whistle) => CardOf(inbox, whistle)?.QuerySelector("[role=alert]")?.Text();
}
