using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A supervisor gives an order from the page of a case; the unit answers it from a phone, twice, and he settles it.</summary>
public sealed class SupervisionSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task AnOrder_IsGivenAnsweredReturnedAndSettled_InTwoBrowsers() => portal.PlayAsync(async () =>
    {
        var caseId = await portal.Portal.StartAsync();
        var street = await portal.SignInAsync(Street, 390);
        await street.ReadyAsync();

        var supervisor = await portal.SignInAsync(Supervisor);
        await supervisor.GoAsync($"/cases/{caseId}");
        await supervisor.ReadyAsync();
        await supervisor.Page.Locator($"a.button[href='/supervision/new?case={caseId}']").ClickAsync();
        await Assertions.Expect(supervisor.Page.GetByLabel("标题")).ToHaveValueAsync(Garage.Title);
        await Assertions.Expect(supervisor.Page.GetByLabel("承办单位")).ToHaveValueAsync(Mafang.Value);
        await supervisor.Button("下达").ClickAsync();
        await supervisor.Text("请写明要求。").WaitForAsync();
        await supervisor.FillAsync("要求", "说明进展和完成时间。");
        await supervisor.Button("下达").ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/supervision/*-*");

        // It comes while he looks at his home page.
        await street.Page.GetByRole(AriaRole.Heading, new() { Name = "督办任务待回复" }).WaitForAsync();
        await street.Page.Locator("section.waiting a[href^='/supervision/']").ClickAsync();
        await street.Page.WaitForURLAsync("**/supervision/*-*");
        await street.FillAsync("办理情况", "已约谈物业，周五开工。");
        await street.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = Pictures.Png(60, 40) });
        // At once, while the photo is still on its way: the answer waits for it.
        await street.Button("回复").ClickAsync();
        await street.Page.Locator("[data-type='supervision.answered'] img").WaitForAsync();

        await supervisor.Link("退回").ClickAsync();
        await supervisor.FillAsync("还差什么", "没有完成时间。");
        await supervisor.Button("退回").ClickAsync();
        await supervisor.Page.Locator("[data-type='supervision.returned']").WaitForAsync();

        await street.Page.Locator("[data-type='supervision.returned']").WaitForAsync();
        await street.FillAsync("办理情况", "4月3日前完成。");
        await street.Button("回复").ClickAsync();

        await supervisor.Link("核查办结").ClickAsync();
        await supervisor.FillAsync("核查意见", "属实，销号。");
        await supervisor.Button("办结").ClickAsync();
        await street.Page.Locator("[data-status=Settled]").WaitForAsync();
        Assert.Equal(0, await supervisor.Page.Locator(".act-buttons").CountAsync());
    });
}
