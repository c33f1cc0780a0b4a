using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A street and a department rate each other in the room, each from what the log says; both see it, and so does the month.</summary>
public sealed class MutualSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheWhistlerAndAUnit_RateEachOther_InTwoBrowsers() => portal.PlayAsync(async () =>
    {
        var id = await portal.Portal.ConfirmAsync();
        var street = await portal.SignInAsync(Street);
        var energy = await portal.SignInAsync(Energy, 390);
        await street.OpenRoomAsync(id);
        await street.Link("评价报到单位").ClickAsync();
        await street.Page.GetByRole(AriaRole.Group, new() { Name = "报到", Exact = true }).GetByText("现场报到").WaitForAsync();
        await MarkAsync(street, ("响应", 4), ("报到", 2), ("措施", 5), ("成效", 5));
        await street.Button("评价").ClickAsync();
        await street.Text("有低于3分的，请写明理由。").WaitForAsync();
        await street.FillAsync("意见", "约定的时间没有到。");
        await street.Button("评价").ClickAsync();
        await street.Page.GetByRole(AriaRole.Heading, new() { Name = "评价供电公司" }).WaitForAsync();

        // What waits for the department leads into the form.
        await energy.ReadyAsync();
        await energy.Page.Locator($"section.waiting a[href='/whistles/{id}?do=assess-whistle']").ClickAsync();
        await energy.Page.GetByRole(AriaRole.Group, new() { Name = "要求清楚", Exact = true }).GetByText("牵头定建设主体").WaitForAsync();
        await energy.Button("评价").ClickAsync();
        await energy.Text("每项请评1至5分。").WaitForAsync();
        await MarkAsync(energy, ("准备充分", 5), ("找对单位", 4), ("要求清楚", 5));
        await energy.Button("评价").ClickAsync();

        await street.Page.Locator($"[data-assessed='{EnergyOffice}']").GetByText("准备充分5 找对单位4 要求清楚5").WaitForAsync();
        await energy.Link("议定").ClickAsync();
        await energy.Page.Locator($"[data-assessed='{EnergyOffice}']").GetByText("响应4 报到2 措施5 成效5").WaitForAsync();
        await Assertions.Expect(street.Page.Locator($"[data-assessed='{PowerCompany}']")).ToContainTextAsync("待评");

        await energy.GoAsync("/assessment/mutual?month=2026-03");
        await energy.Page.Locator($"[data-unit='{EnergyOffice}'] [data-figure=GotFromStreets] a").ClickAsync();
        await energy.Page.Locator($"a[href='/whistles/{id}']").WaitForAsync();
    });

    private static async Task MarkAsync(Person person, params (string Item, int Mark)[] marks)
    {
        foreach (var (item, mark) in marks)
        {
            await person.Page.GetByRole(AriaRole.Group, new() { Name = item, Exact = true }).GetByLabel($"{mark}", new() { Exact = true }).CheckAsync();
        }
    }
}
