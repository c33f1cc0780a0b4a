using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A supervisor opens a number of the report, takes it over, edits and publishes it, and has it drawn; a firm's supplier of power reads it on a phone.</summary>
public sealed class EnterpriseSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheReport_IsLookedBehind_Edited_Published_AndDrawn() => portal.PlayAsync(async () =>
    {
        await portal.Portal.AwaitCallbackAsync(Garage with { Channel = Channel.Enterprise });
        var second = await portal.Portal.AwaitCallbackAsync(Garage with { Channel = Channel.Enterprise });
        await portal.Portal.DoAsync(second, Dispatcher, file => file.CallBack(Yes, Dispatcher, portal.Clock.GetUtcNow()));
        portal.Clock.Advance(TimeSpan.FromDays(9));  // the period has ended

        var supervisor = await portal.SignInAsync(Supervisor);
        await supervisor.GoAsync("/reports/enterprises");
        await supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "2026年3月" }).ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/reports/enterprises/2026-03");
        await supervisor.ReadyAsync();
        await supervisor.Page.Locator(".finding a", new() { HasTextString = "2件" }).First.ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/reports/enterprises/cases?*");
        await supervisor.Text("共2件").WaitForAsync();

        await supervisor.GoAsync("/reports/enterprises/2026-03");
        await supervisor.ReadyAsync();
        await supervisor.Button("采用初稿").ClickAsync();
        await supervisor.Link("修改").ClickAsync();
        await supervisor.Page.Locator("textarea").Last.FillAsync("每月到园区走访一次，当面听企业意见。");
        await supervisor.Button("保存").ClickAsync();
        await supervisor.Text("每月到园区走访一次，当面听企业意见。").WaitForAsync();
        await supervisor.Button("发布").ClickAsync();
        await supervisor.Text("已发布 · 第1版").First.WaitForAsync();

        var pdf = await supervisor.Page.APIRequest.GetAsync("/reports/enterprises/2026-03/report.pdf");
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        var path = Path.Combine(portal.Portal.Folder, "enterprises.pdf");
        await File.WriteAllBytesAsync(path, await pdf.BodyAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("每月到园区走访一次", string.Concat((await Poppler.WordsAsync(path)).Select(word => word.Text)), StringComparison.Ordinal);

        var power = await portal.SignInAsync(Power, 390);
        await power.GoAsync("/reports/enterprises/2026-03");
        await power.ReadyAsync();
        await power.Text("每月到园区走访一次，当面听企业意见。").WaitForAsync();
        Assert.Equal(0, await power.Page.Locator(".finding a").CountAsync());
        Assert.Equal(390, await power.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    });
}
