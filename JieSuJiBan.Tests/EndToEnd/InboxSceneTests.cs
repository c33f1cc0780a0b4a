using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Accounts;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A leader's phone, and that of whoever stands in for him.</summary>
public sealed class InboxSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task ALeaderNamesHisDeputy_WhoSignsFromHisPhone_AndIsTakenBack() => portal.PlayAsync(async () =>
    {
        var whistle = await portal.Portal.DraftAsync(brief: SmallBrief, by: Village);
        await portal.Portal.InRoomAsync(whistle, Village, room => room.Submit(Rules, Village, portal.Portal.Clock.GetUtcNow()));

        var leader = await portal.SignInAsync(StreetHead, 1440);
        await leader.GoAsync("/account/deputy");
        await leader.ReadyAsync();
        await leader.Page.GetByLabel("代理人").SelectOptionAsync("mafang");
        await leader.FillAsync("结束", portal.Portal.Clock.GetUtcNow().AddHours(8 + 24).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await leader.FillAsync("事由", "去市里开会");
        await leader.Button("授权").ClickAsync();
        await leader.Text("代理中").WaitForAsync();

        var deputy = await portal.SignInAsync(Street, 390);
        await deputy.Button("以代理身份办理").ClickAsync();
        await deputy.Page.WaitForURLAsync("**/inbox");
        await deputy.ReadyAsync();
        await Assertions.Expect(deputy.Page.Locator("header .who")).ToHaveTextAsync("李晓禾（代赵怀远）");
        await deputy.Button("同意吹哨").ClickAsync();
        await deputy.Text("没有等您决定的事。").WaitForAsync();

        await leader.Button("收回").ClickAsync();
        await leader.Text("已提前结束").WaitForAsync();
        await deputy.Page.GotoAsync("/inbox");
        await Assertions.Expect(deputy.Page.Locator("header .who")).ToHaveTextAsync("李晓禾");
    });

    [Fact]
    public Task AQuestionIsHandedToAnotherLeader_WhoDecidesIt() => portal.PlayAsync(async () =>
    {
        await portal.Portal.Get<AccountDesk>().CreateAsync("leader2", "范致和", PortalFixture.Password, District, Role.DistrictLeader, "副区长", Administrator);
        var whistle = await portal.Portal.ConferAsync();
        await portal.Portal.InRoomAsync(whistle, Street, room =>
            room.AskLeader(new LeaderQuestion(RequestKind.Escalation, "面积口径定不了。"), Rules, Street, portal.Portal.Clock.GetUtcNow()));

        var first = await portal.SignInAsync(DistrictLeader, 390);
        await first.GoAsync("/inbox");
        await first.ReadyAsync();
        await first.Text("转其他领导").ClickAsync();
        await first.Page.GetByLabel("领导").SelectOptionAsync(new SelectOptionValue { Label = "范致和" });
        await first.Button("转请决定").ClickAsync();
        await first.Text("已转其他领导（1件）").ClickAsync();
        await first.Text("已转范致和决定。").WaitForAsync();
        await Assertions.Expect(first.Page.Locator(".decision form.action")).ToHaveCountAsync(0);

        await first.Button("由我决定").ClickAsync();
        await first.Page.Locator(".proposed").GetByText("采用").ClickAsync();
        await first.Button("同意").ClickAsync();
        await first.Text("没有等您决定的事。").WaitForAsync();
    });
}
