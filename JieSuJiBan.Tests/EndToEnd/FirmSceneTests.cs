using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A red and black list from its draft to its second edition: the command centre prepares it, a supervisor publishes, a street reads.</summary>
public sealed class FirmSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheFirmsAreToldAndReply_BeforeTheListIsPublished_AndACorrectionIsAnotherEdition() => portal.PlayAsync(async () =>
    {
        await portal.Portal.CallBackAboutAsync("北京安居物业管理有限公司", solved: 1, not: 5);
        await portal.Portal.CallBackAboutAsync("惠民供热有限公司", solved: 2, not: 3);
        await portal.Portal.CallBackAboutAsync("大华超市有限公司", solved: 3, not: 0);

        var centre = await portal.SignInAsync(Dispatcher);
        await centre.GoAsync("/firms?month=2026-02");
        await centre.ReadyAsync();
        await centre.Page.Locator("tr[data-firm='安居物业管理']").GetByText("1/6").WaitForAsync();
        await centre.Button("提出红黑榜").ClickAsync();
        await centre.Page.GetByRole(AriaRole.Heading, new() { Name = "2026-02红黑榜" }).WaitForAsync();

        var supervisor = await portal.SignInAsync(Supervisor, 390);
        await supervisor.GoAsync(new Uri(centre.Page.Url).AbsolutePath);
        await supervisor.ReadyAsync();
        await supervisor.Text("待告知企业").WaitForAsync();

        await centre.Button("告知企业").ClickAsync();
        await supervisor.Text("申辩期").WaitForAsync();
        var letter = await centre.Page.Locator("[data-entry='1']").GetByRole(AriaRole.Link, new() { Name = "告知书" }).GetAttributeAsync("href");
        var drawn = await centre.Page.Context.APIRequest.GetAsync(letter!);
        Assert.Equal((200, "application/pdf"), (drawn.Status, drawn.Headers["content-type"]));

        // Not before each has replied or is off the list.
        await supervisor.Link("公布").ClickAsync();
        await supervisor.Button("公布").ClickAsync();
        await supervisor.Page.Locator("[data-code='firm-list.publish.early']").WaitForAsync();
        await ReplyAsync(centre, 1, "电梯已全部更换。");
        await supervisor.Text("电梯已全部更换。").First.WaitForAsync();
        await centre.Page.Locator("[data-entry='2']").GetByRole(AriaRole.Link, new() { Name = "撤下" }).ClickAsync();
        await centre.FillAsync("理由", "供热由另一家负责。");
        await centre.Button("撤下").ClickAsync();
        await ReplyAsync(centre, 3, "没有意见。");
        await supervisor.Text("没有意见。").First.WaitForAsync();
        await supervisor.Button("公布").ClickAsync();
        await supervisor.Text("已公布第1版").First.WaitForAsync();

        var street = await portal.SignInAsync(Street, 390);
        await street.GoAsync("/firms/lists");
        await street.ReadyAsync();
        await street.Link("2026-02红黑榜").ClickAsync();
        await street.Page.Locator("[data-entry='1']").GetByText("电梯已全部更换。").WaitForAsync();
        Assert.Equal(0, await street.Page.GetByText("惠民供热有限公司").CountAsync());
        Assert.Equal(0, await street.Page.GetByRole(AriaRole.Link, new() { Name = "记录申辩" }).CountAsync());

        await ReplyAsync(centre, 1, "电梯已全部更换，有验收单。");
        await supervisor.Text("有更正待公布").WaitForAsync();
        Assert.Equal(0, await street.Page.GetByText("有验收单").CountAsync());
        await supervisor.Link("公布更正").ClickAsync();
        await supervisor.FillAsync("更正的理由", "企业补交了验收单。");
        await supervisor.Button("公布").ClickAsync();

        await street.Text("第2版与第1版的差别").WaitForAsync();
        await street.Page.Locator("[data-entry='1']").GetByText("有验收单").WaitForAsync();
        await street.Link("第1版").ClickAsync();
        await street.Text("这是第1版，现行的是第2版。").WaitForAsync();
        await Assert.AllAsync([supervisor, street], async person => Assert.Equal(390, await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")));
    });

    private static async Task ReplyAsync(Person person, int no, string text)
    {
        await person.Page.Locator($"[data-entry='{no}']").GetByRole(AriaRole.Link, new() { Name = "记录申辩" }).ClickAsync();
        await person.FillAsync("申辩内容", text);
        await person.Button("记录").ClickAsync();
        await person.Page.Locator($"[data-entry='{no}']").GetByText(text).WaitForAsync();
    }
}
