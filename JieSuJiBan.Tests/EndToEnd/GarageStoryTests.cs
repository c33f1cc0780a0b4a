using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The whole job, from the first call to the printed file: six officers, each at a browser of his own, and only what they see.</summary>
public sealed class GarageStoryTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheGarage_FromTheFirstCallToTheClosedFile() => portal.PlayAsync(async () =>
    {
        var dispatcher = await portal.SignInAsync(Dispatcher);
        var street = await portal.SignInAsync(Street);
        var head = await portal.SignInAsync(StreetHead, width: 390);
        var energy = await portal.SignInAsync(Energy);
        var power = await portal.SignInAsync(Power);
        var leader = await portal.SignInAsync(DistrictLeader, width: 390);

        var caseUrl = await RegisterAsync(dispatcher);
        await DispatchAsync(dispatcher);
        await TakeUpAsync(street, caseUrl);
        var room = await BlowAsync(street);

        // The department is somewhere else in the portal, and hears it there the moment the leader signs on his phone.
        await energy.GoAsync("/cases");
        await energy.ReadyAsync();
        await SignAsync(head);
        await energy.Page.Locator(".alarm-card").WaitForAsync();
        Assert.StartsWith("（1）", await energy.Page.TitleAsync(), StringComparison.Ordinal);

        await ReportInAsync(energy, room, alarm: true);
        await ReportInAsync(power, room, alarm: false);
        await ConferAsync(street, energy, power);
        await EscalateAsync(street, leader, energy);
        await AgreeAsync(street, energy, power);
        await CarryOutAsync(street, energy, power);
        await AnswerAsync(street, head, caseUrl);
        await CloseAsync(caseUrl);
        await PrintAsync(caseUrl);
    });

    private static async Task<string> RegisterAsync(Person dispatcher)
    {
        await dispatcher.GoAsync("/cases/new");
        await dispatcher.ReadyAsync();
        await dispatcher.FillAsync("标题", "回迁小区地下车库没有充电桩");
        await dispatcher.FillAsync("诉求内容", "12栋楼767户，地下车库一个充电桩都没有，两天里打了15个电话。");
        await dispatcher.ChooseMatterAsync("装充电桩", "居民区充电设施建设");
        await dispatcher.ChooseAsync("街乡镇", "马坊镇");
        await dispatcher.ChooseAsync("社区（村）", "汇景社区");
        await dispatcher.FillAsync("事发地点", "汇景社区回迁小区地下车库");
        await dispatcher.FillAsync("姓名或单位名称", Caller.Name);
        await dispatcher.FillAsync("电话", Caller.Phone);
        await dispatcher.Page.Locator("[data-files]").SetInputFilesAsync(new FilePayload { Name = "车库.png", MimeType = "image/png", Buffer = Pictures.Png(40, 30) });
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "× 车库.png" }).WaitForAsync();
        await dispatcher.Button("登记").ClickAsync();
        await dispatcher.Page.GetByRole(AriaRole.Heading, new() { Name = "回迁小区地下车库没有充电桩" }).WaitForAsync();
        await Assertions.Expect(dispatcher.Page.Locator("dl.pairs")).ToContainTextAsync("130****5115");
        return dispatcher.Page.Url;
    }

    private static async Task DispatchAsync(Person dispatcher)
    {
        await dispatcher.Link("派单").ClickAsync();
        await dispatcher.ChooseAsync("主办单位", "马坊镇");
        await dispatcher.FillAsync("派单说明", "15件同类诉求，请马坊镇牵头。");
        await dispatcher.Button("派单").ClickAsync();
        await dispatcher.Page.Locator("[data-status=Dispatched]").WaitForAsync();
    }

    private static async Task TakeUpAsync(Person street, string caseUrl)
    {
        await street.GoAsync("/");
        await street.Page.GetByText("回迁小区地下车库没有充电桩").ClickAsync();
        await street.Page.WaitForURLAsync(caseUrl);
        await street.Button("签收").ClickAsync();
        await street.Link("联系诉求人").ClickAsync();
        await street.FillAsync("联系情况", "已说明今天下午到车库查看。");
        await street.Button("记录").ClickAsync();
        await street.Link("填写进展").ClickAsync();
        await street.FillAsync("做了什么，下一步", "已约谈物业，配电容量不明，需要供电等部门到场。");
        await street.Button("保存进展").ClickAsync();
        await street.Page.Locator("[data-status=InProgress]").WaitForAsync();
    }

    private static async Task<string> BlowAsync(Person street)
    {
        await street.Link("吹哨").Last.ClickAsync();
        await street.Page.GetByRole(AriaRole.Heading, new() { Name = "拟哨" }).WaitForAsync();
        await street.Button("保存哨单").ClickAsync();
        await street.Page.GetByText("请写明吹哨前已经做了什么。").WaitForAsync();
        await street.Page.GetByText("请写明法规或职责依据。").WaitForAsync();

        await street.FillAsync("吹哨前做了什么", "约谈物业两次，摸清车位612个。");
        await street.FillAsync("法规或职责依据", "《北京市街道办事处条例》第五条");
        await street.Page.GetByLabel("区城管委", new() { Exact = true }).CheckAsync();
        await street.Page.GetByLabel("供电公司", new() { Exact = true }).CheckAsync();
        await street.FillAsync("请区城管委做什么", "牵头定建设主体。");
        await street.FillAsync("请供电公司做什么", "核实配电容量。");
        await street.Button("保存哨单").ClickAsync();
        await street.Link("提交审签").ClickAsync();
        await street.Button("提交审签").ClickAsync();
        await street.Page.Locator("[data-status=AwaitingSignature]").WaitForAsync();
        return new Uri(street.Page.Url).AbsolutePath;
    }

    private static async Task SignAsync(Person head)
    {
        await head.GoAsync("/inbox");
        await head.ReadyAsync();
        await head.Page.GetByText("约谈物业两次，摸清车位612个。").WaitForAsync();
        await head.FillAsync("批示", "同意。群众等不起。");
        await head.Button("同意吹哨").ClickAsync();
        await head.Page.GetByText("没有等您决定的事。").WaitForAsync();
    }

    private static async Task ReportInAsync(Person unit, string room, bool alarm)
    {
        if (alarm)
        {
            await unit.Page.Locator(".alarm-card").ClickAsync();
            await unit.Page.WaitForURLAsync($"**{room}");
        }
        else
        {
            await unit.GoAsync(room);
            await unit.ReadyAsync();
        }

        await unit.Link("响应").ClickAsync();
        await unit.Button("响应").ClickAsync();
        await unit.Link("报到").ClickAsync();
        await unit.Button("报到").ClickAsync();
        await unit.Page.Locator($"[data-unit='{unit.Actor!.Unit}'] [data-status=ReportedIn]").WaitForAsync();
    }

    private static async Task ConferAsync(Person street, Person energy, Person power)
    {
        await street.SayAsync("先请 @供电公司 说配电室的情况。");
        await power.HearsAsync("先请 @供电公司 说配电室的情况。");
        await Assertions.Expect(power.Page.Locator(".msg.for-me")).ToHaveCountAsync(1);
        await power.SayAsync("余量够带48个桩，不用增容。");
        await street.HearsAsync("余量够带48个桩，不用增容。");
        await energy.HearsAsync("余量够带48个桩，不用增容。");
        await Assertions.Expect(street.Page.Locator(".person")).ToHaveTextAsync(["徐明远", "邹电远", "李晓禾"], new() { UseInnerText = true });

        await CommitAsync(energy, "引入建设单位投资建设48个充电桩");
        await power.Page.Locator(".resolutions").GetByText("引入建设单位投资建设48个充电桩").WaitForAsync();  // he reads it before he offers his own
        await CommitAsync(power, "随桩群同步送电");
    }

    private static async Task CommitAsync(Person unit, string measure)
    {
        await unit.Link("提出措施").ClickAsync();
        await unit.Button("承诺").ClickAsync();
        await unit.Page.GetByText("请写明措施。").WaitForAsync();
        await unit.FillAsync("措施", measure);
        await unit.FillAsync("完成时限", "2026-03-07T18:00");
        await unit.Button("承诺").ClickAsync();
        await unit.Page.Locator(".resolutions").GetByText(measure).WaitForAsync();
    }

    private static async Task EscalateAsync(Person street, Person leader, Person energy)
    {
        await leader.GoAsync("/inbox");
        await leader.ReadyAsync();
        await leader.Page.GetByText("没有等您决定的事。").WaitForAsync();
        await street.Link("提请领导").ClickAsync();
        await street.Page.GetByLabel("延期", new() { Exact = true }).CheckAsync();
        await street.FillAsync("延至", "2026-03-20T18:00");
        await street.FillAsync("理由", "公示期7天，建桩要晚于原时限。");
        await street.Button("提请").ClickAsync();
        await street.Page.GetByText("延期须向诉求人说明，请写明说明的内容（条例第十五条）。").WaitForAsync();
        await street.FillAsync("已向诉求人怎样说明", "社区已当面说明。");
        await street.Button("提请").ClickAsync();

        // It comes to the leader's phone without a reload, and his decision to the room at once.
        await leader.Page.GetByText("公示期7天，建桩要晚于原时限。").WaitForAsync();
        await leader.FillAsync("意见", "同意延期，居民意见要逐户答复。");
        await leader.Button("同意").ClickAsync();
        await energy.Page.Locator("[data-type='whistle.leader-decided']").GetByText("同意延期，居民意见要逐户答复。").WaitForAsync();
        await Assertions.Expect(street.Page.Locator(".room-head")).ToContainTextAsync("2026-03-20 18:00");
    }

    private static async Task AgreeAsync(Person street, Person energy, Person power)
    {
        await street.Link("起草纪要").ClickAsync();
        var minutes = street.Page.GetByLabel("纪要正文");
        await Assertions.Expect(minutes).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("引入建设单位投资建设48个充电桩"));
        await street.Button("印发纪要").ClickAsync();
        foreach (var unit in new[] { energy, power })
        {
            await unit.Link("确认纪要").ClickAsync();
            await unit.Button("确认纪要").ClickAsync();
        }

        await Assertions.Expect(street.Page.Locator(".confirmations [data-status=Confirmed]")).ToHaveCountAsync(2);
    }

    private static async Task CarryOutAsync(Person street, Person energy, Person power)
    {
        foreach (var (unit, no, text) in new[] { (energy, 1, "48个桩全部建成。"), (power, 2, "今天上午送电。") })
        {
            await unit.Page.Locator($"[data-resolution='{no}']").GetByText("反馈落实情况").ClickAsync();
            await unit.FillAsync("落实情况", text);
            await unit.Button("反馈").ClickAsync();
            await street.Page.Locator($"[data-resolution='{no}']").GetByText("销项或退回").ClickAsync();
            await street.Button("销项").ClickAsync();
            await unit.Page.Locator($"[data-resolution='{no}'] [data-status=Settled]").WaitForAsync();
        }

        await street.Link("确认解决").ClickAsync();
        await street.FillAsync("解决结果", "48个充电桩建成通电。");
        await street.Button("确认").ClickAsync();
        await street.Link("评价报到单位").ClickAsync();
        foreach (var (unit, at) in new[] { ("区城管委", 0), ("供电公司", 1) })
        {
            await street.Page.GetByRole(AriaRole.Heading, new() { Name = $"评价{unit}" }).WaitForAsync();
            await MarkAsync(street, "响应", "报到", "措施", "成效");
            await street.Button("评价").ClickAsync();
            await street.Page.Locator("[data-type='whistle.unit-assessed']").Nth(at).WaitForAsync();
        }

        await energy.Link("评价吹哨").ClickAsync();
        await MarkAsync(energy, "准备充分", "找对单位", "要求清楚");
        await energy.Button("评价").ClickAsync();
        await energy.Page.Locator("[data-type='whistle.whistle-assessed']").WaitForAsync();
        await street.Link("结哨").ClickAsync();
        await street.Button("结哨").ClickAsync();
        await energy.Page.Locator("[data-status=Ended]").WaitForAsync();
    }

    private static async Task MarkAsync(Person person, params string[] items)
    {
        foreach (var item in items)
        {
            await person.Page.GetByRole(AriaRole.Group, new() { Name = item, Exact = true }).GetByLabel("5", new() { Exact = true }).CheckAsync();
        }
    }

    private static async Task AnswerAsync(Person street, Person head, string caseUrl)
    {
        await street.GoAsync(caseUrl);
        await street.ReadyAsync();
        await street.Link("提交办理结果").ClickAsync();
        await street.FillAsync("办理结果", "建成充电桩48个并通电，飞线全部拆除。");
        await street.Button("提交审核").ClickAsync();

        await head.GoAsync(caseUrl);
        await head.ReadyAsync();
        await head.Link("审核并答复").ClickAsync();
        await head.FillAsync("对诉求人的答复", "充电桩已通电使用。");
        await head.Button("同意并答复").ClickAsync();
        await head.Page.Locator(".case-head [data-status=Answered]").WaitForAsync();
    }

    private async Task CloseAsync(string caseUrl)
    {
        // The limit has passed; everybody has signed in anew since.
        portal.Clock.Advance(TimeSpan.FromDays(20));
        await portal.Portal.Get<PortalClock>().TickAsync(TestContext.Current.CancellationToken);
        var dispatcher = await portal.SignInAsync(Dispatcher);
        await dispatcher.Page.GetByRole(AriaRole.Heading, new() { Name = "待回访" }).WaitForAsync();
        await dispatcher.GoAsync(caseUrl);
        await dispatcher.ReadyAsync();
        await dispatcher.Link("回访").ClickAsync();
        foreach (var answer in (string[])["联系过", "已解决", "满意"])
        {
            await dispatcher.Page.GetByLabel(answer, new() { Exact = true }).CheckAsync();
        }

        await dispatcher.FillAsync("诉求人的话", "已经用上了。");
        await dispatcher.Button("记录回访").ClickAsync();
        await dispatcher.Link("结案").ClickAsync();
        await dispatcher.FillAsync("结案意见", "同意结案。");
        await dispatcher.Button("结案并存卷").ClickAsync();

        // The portal prints and stores the file by itself.
        await dispatcher.Page.Locator("[data-type='case.file-stored']").WaitForAsync(new() { Timeout = 30_000 });
    }

    private async Task PrintAsync(string caseUrl)
    {
        var street = await portal.SignInAsync(Street);
        await street.GoAsync(caseUrl);
        await street.Link("案卷").ClickAsync();
        await street.Page.GetByRole(AriaRole.Heading, new() { Name = "十四、时间轴" }).WaitForAsync();
        var pdf = await street.Page.APIRequest.GetAsync($"{caseUrl}/report.pdf");
        Assert.Equal(200, pdf.Status);
        Assert.Equal("application/pdf", pdf.Headers["content-type"]);

        await street.Page.GetByText("查看完整版").ClickAsync();
        await street.FillAsync("查看用途", "归档前核对");
        await street.Button("在此页显示完整版").ClickAsync();
        await street.Page.Locator(".report.full").GetByText(Caller.Phone).WaitForAsync();
    }
}
