using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

public sealed class NoticeSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task ANotice_ComesWhileOneLooks_LeadsToTheCase_AndIsRead() => portal.PlayAsync(async () =>
    {
        var street = await portal.SignInAsync(Street, 390);
        await street.GoAsync("/notices");
        await street.ReadyAsync();
        await street.Text("没有通知。").WaitForAsync();

        var first = await portal.Portal.DispatchAsync();
        await portal.Portal.DispatchAsync();
        await Assertions.Expect(street.Page.Locator("[data-notice=Dispatched]")).ToHaveCountAsync(2);
        await Assertions.Expect(street.Page.Locator(".bell")).ToHaveAttributeAsync("data-unseen", "2");

        await street.Page.Locator($"a[href='/cases/{first}']").ClickAsync();
        await street.Page.WaitForURLAsync($"**/cases/{first}");
        await Assertions.Expect(street.Page.Locator(".bell")).ToHaveAttributeAsync("data-unseen", "1");

        await street.Page.Locator(".bell summary").ClickAsync();
        await street.Link("通知：1条未读").ClickAsync();
        await street.Button("全部标为已读").ClickAsync();
        await Assertions.Expect(street.Page.Locator(".bell")).ToHaveAttributeAsync("data-unseen", "0");

        await street.Link("通知设置").ClickAsync();
        await street.FillAsync("邮箱", "mafang@example.org");
        await street.Page.GetByLabel("浏览器推送：收到派单").UncheckAsync();
        await street.Button("保存").ClickAsync();
        await street.Page.GetByText("已保存。", new() { Exact = true }).WaitForAsync();
        await street.Page.ReloadAsync();
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.GetByLabel("浏览器推送：收到派单")).Not.ToBeCheckedAsync();
        await Assertions.Expect(street.Page.GetByLabel("浏览器推送：哨声召集本单位")).ToBeCheckedAsync();
    });
}
