using System.Text.RegularExpressions;
using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A supervisor opens a figure down to its case and publishes a month; the wall counts along without a touch.</summary>
public sealed class InsightSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task AFigure_OpensItsCases_AMonthIsPublished_AndTheWallCountsAlong() => portal.PlayAsync(async () =>
    {
        await portal.Portal.CloseAsync();
        var month = portal.Portal.Clock.GetUtcNow().AddHours(8).ToString("yyyy-MM", null);
        portal.Portal.Clock.Advance(TimeSpan.FromDays(35));

        var wall = await portal.SignInAsync(DistrictLeader, 1920);
        await wall.GoAsync("/screen");
        await wall.ReadyAsync();
        var raised = wall.Page.Locator("[data-measure=Raised]");
        await Assertions.Expect(raised).ToHaveTextAsync("0");

        await portal.Portal.RegisterAsync();
        await Assertions.Expect(raised).ToHaveTextAsync("1", new() { Timeout = 15_000 });  // the wall rests five seconds between two readings

        var supervisor = await portal.SignInAsync(Supervisor);
        await supervisor.GoAsync($"/insight?month={month}");
        await supervisor.ReadyAsync();
        await supervisor.Page.Locator(".figures a").First.ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/insight/cases?**");
        await supervisor.Page.Locator("a[href^='/cases/']").First.ClickAsync();
        await supervisor.Page.GetByRole(AriaRole.Heading, new() { Name = Garage.Title }).WaitForAsync();

        await supervisor.GoAsync($"/insight/monthly?month={month}");
        await supervisor.ReadyAsync();
        await supervisor.Link("修改").ClickAsync();
        await supervisor.FillAsync("补充一条", "车库充电已解决，其他小区照此办理。");
        await supervisor.Button("保存").ClickAsync();
        await supervisor.Text("车库充电已解决，其他小区照此办理。").WaitForAsync();
        await supervisor.Button("发布").ClickAsync();
        await supervisor.Text("已发布").WaitForAsync();

        // Whoever works in the district reads it, without the way to what he may not see.
        var energy = await portal.SignInAsync(Energy, 390);
        await energy.GoAsync($"/insight/monthly?month={month}");
        await energy.ReadyAsync();
        await energy.Text("车库充电已解决，其他小区照此办理。").WaitForAsync();
        Assert.Equal(0, await energy.Page.Locator(".analysis a").CountAsync());
        await Assertions.Expect(energy.Page).ToHaveURLAsync(new Regex("/insight/monthly"));
    });
}
