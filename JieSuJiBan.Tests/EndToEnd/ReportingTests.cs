using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A grid worker's day on his phone: three fields, two buttons, and what became of it.</summary>
public sealed class ReportingTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task AGridWorker_ReportsWithAPhoto_TheStreetDoesIt_AndHeConfirms() => portal.PlayAsync(async () =>
    {
        var grid = await portal.SignInAsync(GridWorker, width: 390);
        await grid.Page.Context.GrantPermissionsAsync(["geolocation"]);
        await grid.Page.Context.SetGeolocationAsync(new() { Latitude = 40.0123f, Longitude = 117.0456f, Accuracy = 15 });
        await grid.ReadyAsync();
        await grid.Link("上报").First.ClickAsync();
        await grid.ReadyAsync();
        await grid.Button("井盖破损").ClickAsync();
        await Assertions.Expect(grid.Page.GetByLabel("发现了什么")).ToHaveValueAsync("井盖破损");
        await grid.FillAsync("发现了什么", "井盖破损，老人容易踩空。旁边没有围挡。");
        await Assertions.Expect(grid.Page.GetByLabel("社区（村）")).ToHaveValueAsync(Huijing.Value);
        await grid.Page.GetByPlaceholder("楼号、路口、门牌").FillAsync("7号楼东侧");
        await grid.Button("用我的位置").ClickAsync();
        await grid.Page.GetByText("已附上位置（±15米）").WaitForAsync();
        await PickAsync(grid, "photos");

        await grid.Button("上报").ClickAsync();
        await grid.Page.GetByText("已上报，等马坊镇派单。").WaitForAsync();

        var street = await portal.SignInAsync(Street);
        await street.ReadyAsync();
        await street.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("井盖破损") }).ClickAsync();
        await street.Page.Locator(".steps .now", new() { HasText = "问" }).WaitForAsync();
        await Assertions.Expect(street.Page.Locator(".case-side .files img")).ToHaveCountAsync(1);
        await street.Link("自接自办").ClickAsync();
        await street.Button("接单").ClickAsync();
        await street.Button("签收").ClickAsync();
        await Assertions.Expect(street.Link("联系诉求人")).ToHaveCountAsync(0);
        await DoAsync(street, "填写进展", "做了什么", "已围挡，备新井盖。", "保存进展");
        await DoAsync(street, "提交办理结果", "办理结果", "已换新井盖。", "提交审核");
        var head = await portal.SignInAsync(StreetHead, width: 390);
        await head.GoAsync(new Uri(street.Page.Url).AbsolutePath);
        await head.ReadyAsync();
        await DoAsync(head, "审核并答复", "对上报单位的答复", "井盖已经换好。", "同意并答复");

        await grid.GoAsync("/");
        await grid.ReadyAsync();
        await grid.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("请确认是否解决") }).WaitForAsync();
        await grid.Link("我上报的").ClickAsync();
        var line = grid.Page.Locator(".reported li").First;
        await Assertions.Expect(line.Locator(".quote")).ToHaveTextAsync("井盖已经换好。");
        await Assertions.Expect(line.Locator(".steps .now")).ToContainTextAsync("回");
        await line.GetByRole(AriaRole.Link, new() { Name = "确认是否解决" }).ClickAsync();
        await grid.Button("确认").ClickAsync();

        await Assertions.Expect(grid.Page.Locator("section[aria-label=上报单位]")).ToContainTextAsync("已解决");
        await Assertions.Expect(street.Page.Locator("[data-type='case.reporter-confirmed']")).ToContainTextAsync("上报单位确认：已解决");
        await using var db = await portal.Portal.OpenDatabaseAsync();
        var file = await db.Cases.SingleAsync(file => file.Title == "井盖破损，老人容易踩空");
        Assert.Equal((Channel.Grid, 40.0123, 15), (file.Channel, Math.Round(file.Position!.Latitude, 4), file.Position.Accuracy));
        Assert.NotEqual(Demand.Unclassified, file.Category);
    });

    [Fact]
    public Task AVillageOfficer_PutsItRightOnTheSpot_AndTheStreetSeesIt() => portal.PlayAsync(async () =>
    {
        var village = await portal.SignInAsync(Village, width: 390);
        await village.GoAsync("/report");
        await village.ReadyAsync();
        await village.FillAsync("发现了什么", "活动站门口积水结冰。");
        await village.Page.GetByPlaceholder("楼号、路口、门牌").FillAsync("活动站门口");
        await village.Link("自行解决").ClickAsync();
        await village.Button("当场办结").ClickAsync();
        await Assertions.Expect(village.Page.Locator(".field.wrong [role=alert]")).ToHaveTextAsync("请写明怎么解决的。");
        await village.FillAsync("怎么解决的", "撒了融雪剂，铲干净了。");
        await PickAsync(village, "after");

        await village.Page.ReloadAsync();
        await village.ReadyAsync();
        await Assertions.Expect(village.Page.GetByLabel("怎么解决的")).ToHaveValueAsync("撒了融雪剂，铲干净了。");
        await Assertions.Expect(village.Page.Locator("[data-picker]:has([name=after]) img")).ToHaveCountAsync(1);
        await village.Button("当场办结").ClickAsync();
        await village.Page.GetByText("已办结，马坊镇能看到。").WaitForAsync();

        await village.Button("再报一件").ClickAsync();
        await Assertions.Expect(village.Page.GetByLabel("发现了什么")).ToHaveValueAsync("");
        await village.GoAsync("/report/mine");
        await Assertions.Expect(village.Page.Locator(".reported li").First).ToContainTextAsync("自行解决");

        var street = await portal.SignInAsync(Street);
        await street.GoAsync("/cases?scope=proactive-all");
        await street.ReadyAsync();
        await street.Link("活动站门口积水结冰").ClickAsync();
        await Assertions.Expect(street.Page.Locator("[data-type='case.solved-on-the-spot']")).ToContainTextAsync("撒了融雪剂，铲干净了。");
        await Assertions.Expect(street.Page.Locator("[data-type='case.solved-on-the-spot'] img")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task SixPhotos_AreEnough() => portal.PlayAsync(async () =>
    {
        var grid = await portal.SignInAsync(GridWorker, width: 390);
        await grid.GoAsync("/report");
        await grid.ReadyAsync();

        await grid.Page.Locator("[data-picker]:has([name=photos]) input[type=file]").Last.SetInputFilesAsync(Enumerable.Range(1, 7).Select(Photo));

        await grid.Page.GetByText("最多6张照片").WaitForAsync();
        await Assertions.Expect(grid.Page.Locator("[data-picker]:has([name=photos]) img")).ToHaveCountAsync(6);
    });

    private static async Task PickAsync(Person person, string name)
    {
        var picker = person.Page.Locator($"[data-picker]:has([name={name}])");
        await picker.Locator("input[type=file]").First.SetInputFilesAsync(Photo(1));
        await picker.Locator("img").WaitForAsync();
    }

    private static FilePayload Photo(int number) => new() { Name = $"现场{number}.png", MimeType = "image/png", Buffer = Pictures.Png() };

    private static async Task DoAsync(Person person, string act, string label, string text, string submit)
    {
        await person.Link(act).ClickAsync();
        await person.FillAsync(label, text);
        await person.Button(submit).ClickAsync();
        await person.Page.Locator(".acts form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
