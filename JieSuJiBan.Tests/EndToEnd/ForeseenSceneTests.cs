using JieSuJiBan.Domain.Time;
using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>Before the first call: the command centre foresees a problem, a unit prepares for it, and the centre sees that it did.</summary>
public sealed class ForeseenSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheCentreForesees_TheUnitFindsItsStepAtHome_FinishesIt_AndTheCentreSeesIt() => portal.PlayAsync(async () =>
    {
        var begin = WorkCalendar.DateAt(portal.Clock.GetUtcNow()).AddDays(5);
        var unit = await portal.SignInAsync(Energy, 390);
        await unit.ReadyAsync();
        var centre = await portal.SignInAsync(Dispatcher);
        await centre.GoAsync("/foreseen?do=new");
        await centre.ReadyAsync();
        var form = centre.Page.Locator("form.action");
        await form.Locator("[name=title]").FillAsync("停暖前后温度不稳");
        await form.Locator("[name=season]").FillAsync($"{begin:MM-dd}~{begin.AddDays(14):MM-dd}");
        await form.Locator("[name=category]").SelectOptionAsync("供热/供热质量");
        await form.Locator("[name=why]").FillAsync("停暖前气温反复，提前降温的诉求集中。");
        await form.Locator("[name=lead]").SelectOptionAsync(EnergyOffice.Value);
        await form.Locator("[name=steps]").FillAsync("当天 区城管委：公布停暖时间");
        await centre.Button("保存").ClickAsync();
        await centre.Page.GetByRole(AriaRole.Heading, new() { Name = "停暖前后温度不稳" }).WaitForAsync();

        await unit.Text("公布停暖时间").ClickAsync();
        await unit.Page.WaitForURLAsync("**/foreseen/*-*");
        await unit.ReadyAsync();
        await unit.Page.GetByRole(AriaRole.Link, new() { Name = "第1步：完成" }).ClickAsync();
        await unit.FillAsync("做了什么、结果怎样", "停暖时间和咨询电话已张贴到楼门。");
        await unit.Button("完成").ClickAsync();
        await unit.Text("已完成").First.WaitForAsync();

        await centre.Text("停暖时间和咨询电话已张贴到楼门。").First.WaitForAsync();
        await centre.Text("第1步完成").WaitForAsync();
    });
}
