using JieSuJiBan.Tests.Support;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

public sealed class PageTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task SignIn_WithAWrongPassword_SaysSo_AndLocksAfterFive() => portal.PlayAsync(async () =>
    {
        var person = await portal.OpenAsync();
        await person.GoAsync("/cases");
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await person.FillAsync("账号", Water.UserId);
            await person.FillAsync("密码", "wrong");
            await person.Page.RunAndWaitForResponseAsync(() => person.Button("登录").ClickAsync(), response => response.Request.Method == "POST");
            await person.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        }

        await Assertions.Expect(person.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("账号已锁定");
        await person.FillAsync("账号", Water.UserId);
        await person.FillAsync("密码", PortalFixture.Password);
        await person.Page.RunAndWaitForResponseAsync(() => person.Button("登录").ClickAsync(), response => response.Request.Method == "POST");
        await Assertions.Expect(person.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("账号已锁定");
    });

    [Fact]
    public Task ARegistration_HalfDone_IsStillThereAfterAReload() => portal.PlayAsync(async () =>
    {
        var person = await portal.SignInAsync(Dispatcher);
        await person.GoAsync("/cases/new");
        await person.ReadyAsync();
        await person.FillAsync("标题", "写了一半");
        await person.FillAsync("诉求内容", "内容也写了一半");
        await person.ChooseAsync("性质", "投诉");
        await person.ChooseAsync("街乡镇", "马坊镇");
        await person.ChooseAsync("社区（村）", "汇景社区");

        await person.Page.ReloadAsync();
        await person.ReadyAsync();

        await Assertions.Expect(person.Page.GetByLabel("社区（村）")).ToHaveValueAsync(Huijing.Value);
        await Assertions.Expect(person.Page.GetByLabel("标题")).ToHaveValueAsync("写了一半");
        await Assertions.Expect(person.Page.GetByLabel("诉求内容")).ToHaveValueAsync("内容也写了一半");
        await person.ChooseMatterAsync("家里没电", "停电");
        await person.FillAsync("事发地点", "汇景社区");
        await person.Button("登记").ClickAsync();
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "写了一半" }).WaitForAsync();

        await person.GoAsync("/cases/new");
        await person.ReadyAsync();
        await Assertions.Expect(person.Page.GetByLabel("标题")).ToHaveValueAsync("");
    });

    [Fact]
    public Task ThePetitioner_StaysInTheTab_AndSigningOutLeavesOnlyWhatIsUnsent() => portal.PlayAsync(async () =>
    {
        var person = await portal.SignInAsync(Dispatcher);
        await person.GoAsync("/cases/new");
        await person.ReadyAsync();
        await person.FillAsync("姓名或单位名称", "赵某某");
        await person.FillAsync("电话", "13000005115");
        await person.FillAsync("标题", "写了一半");
        Assert.DoesNotContain("13000005115", await KeptAsync("localStorage"), StringComparison.Ordinal);

        await person.Page.ReloadAsync();
        await person.ReadyAsync();
        await Assertions.Expect(person.Page.GetByLabel("电话")).ToHaveValueAsync("13000005115");

        await person.Page.EvaluateAsync("user => { localStorage['outbox:' + user + ':r1'] = '[]'; localStorage['outbox:' + user + ':r2'] = '[{}]'; localStorage['talk:' + user + ':r1'] = '{}'; localStorage.files = '{}'; }", Dispatcher.UserId);
        await person.Page.Locator("header details.me summary").ClickAsync();
        await person.Button("退出登录").ClickAsync();
        await person.Page.WaitForURLAsync("**/account/sign-in");

        Assert.Equal($"outbox:{Dispatcher.UserId}:r2", await person.Page.EvaluateAsync<string>("Object.keys(localStorage).filter(key => /^(draft|talk|outbox|files)/.test(key)).join()"));
        Assert.DoesNotContain("13000005115", await KeptAsync("sessionStorage"), StringComparison.Ordinal);

        Task<string> KeptAsync(string store) => person.Page.EvaluateAsync<string>($"JSON.stringify({store})");
    });

    [Fact]
    public Task AFormWithGaps_SaysAllOfThemBesideTheFields_AndKeepsTheRest() => portal.PlayAsync(async () =>
    {
        var person = await portal.SignInAsync(Dispatcher);
        await person.GoAsync("/cases/new");
        await person.ReadyAsync();
        await person.FillAsync("标题", "只有标题");

        await person.Button("登记").ClickAsync();

        await Assertions.Expect(person.Page.Locator(".field.wrong")).ToHaveCountAsync(4);
        await Assertions.Expect(person.Page.GetByLabel("标题")).ToHaveValueAsync("只有标题");
        await Assertions.Expect(person.Page.GetByLabel("诉求内容")).ToBeFocusedAsync();
    });

    [Fact]
    public Task AForm_WhoseAnswerWasLost_IsSentAgain_AndRecordedOnce() => portal.PlayAsync(async () =>
    {
        var caseId = await portal.Portal.StartAsync();
        var street = await portal.SignInAsync(Street);
        await street.GoAsync($"/cases/{caseId}");
        await street.ReadyAsync();
        await street.Page.EvaluateAsync("() => { portal.dropDraft = () => new Promise(() => {}); }");  // the line dies between the commit and the answer
        await street.Link("填写进展").ClickAsync();
        await street.FillAsync("做了什么，下一步", "物业答应周五前装好");
        await street.Button("保存进展").ClickAsync();
        var told = street.Page.Locator("[data-type='case.progressed']").GetByText("物业答应周五前装好");
        await told.WaitForAsync();

        await street.Page.ReloadAsync();
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.GetByLabel("做了什么，下一步")).ToHaveValueAsync("物业答应周五前装好");
        await street.Button("保存进展").ClickAsync();

        await Assertions.Expect(street.Page.GetByLabel("做了什么，下一步")).ToHaveCountAsync(0);
        await Assertions.Expect(told).ToHaveCountAsync(1);
    });

    [Fact]
    public Task TheFilter_IsInTheAddress_AndComesBackWithIt() => portal.PlayAsync(async () =>
    {
        await portal.Portal.StartAsync();
        await portal.Portal.DispatchAsync(EnergyOffice);
        var person = await portal.SignInAsync(Dispatcher);
        await person.GoAsync("/cases");
        await person.ReadyAsync();
        await person.Page.GetByLabel("状态").SelectOptionAsync("InProgress");
        await person.Button("筛选").ClickAsync();

        await person.Page.WaitForURLAsync("**/cases?*status=InProgress*");
        await Assertions.Expect(person.Page.Locator("tbody [data-status=Dispatched]")).ToHaveCountAsync(0);
        await person.Page.ReloadAsync();
        await Assertions.Expect(person.Page.GetByLabel("状态")).ToHaveValueAsync("InProgress");
        Assert.True(await person.Page.Locator("tbody [data-status=InProgress]").CountAsync() > 0);
    });

    [Fact]
    public Task ThePetitioner_IsMasked_UntilSomebodySaysWhatFor() => portal.PlayAsync(async () =>
    {
        var caseId = await portal.Portal.StartAsync();
        var street = await portal.SignInAsync(Street);
        await street.GoAsync($"/cases/{caseId}");
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.Locator("dl.pairs")).ToContainTextAsync("130****5115");
        Assert.DoesNotContain(Caller.Phone, await street.Page.ContentAsync(), StringComparison.Ordinal);

        await street.Button("查看完整信息").ClickAsync();
        await street.FillAsync("查看用途", "约上门时间");
        await street.Button("查看").ClickAsync();

        await Assertions.Expect(street.Page.Locator("dl.pairs")).ToContainTextAsync(Caller.Phone);
        await street.Page.Locator("[data-type='case.petitioner-revealed']").GetByText("用途：约上门时间").WaitForAsync();
        await street.Page.ReloadAsync();
        await Assertions.Expect(street.Page.Locator("dl.pairs")).ToContainTextAsync("130****5115");
    });

    [Fact]
    public Task AnAdministrator_MakesAnAccount_WhichMustChooseItsPassword() => portal.PlayAsync(async () =>
    {
        var admin = await portal.SignInAsync(Administrator);
        await admin.GoAsync("/admin/officers?do=new");
        await admin.ReadyAsync();
        await admin.Page.GetByLabel("账号", new() { Exact = true }).FillAsync("newcomer");
        await admin.Page.GetByLabel("姓名", new() { Exact = true }).FillAsync("新来的");
        await admin.FillAsync("初始密码", "initial-2026");
        await admin.Page.Locator(".levels select").First.SelectOptionAsync(new SelectOptionValue { Label = "马坊镇" });
        await admin.ChooseAsync("角色", "街乡诉求中心");
        await admin.Button("保存").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Cell, new() { Name = "newcomer" }).WaitForAsync();

        var person = await portal.OpenAsync();
        await person.GoAsync("/account/sign-in");
        await person.FillAsync("账号", "newcomer");
        await person.FillAsync("密码", "initial-2026");
        await person.Button("登录").ClickAsync();
        await person.Page.GetByText("请先换成自己的密码").WaitForAsync();
        await person.GoAsync("/cases");
        await person.Page.GetByText("请先换成自己的密码").WaitForAsync();
        await person.FillAsync("原密码", "initial-2026");
        await person.FillAsync("新密码", "my-own-2026");
        await person.FillAsync("再输入一次新密码", "my-own-2026");
        await person.Button("保存").ClickAsync();
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "待我办理" }).WaitForAsync();
        await Assertions.Expect(person.Page.Locator("header")).ToContainTextAsync("新来的");
    });

    [Fact]
    public Task AnEmergencyWhistle_IsHeardEverywhere_AndSignedAfter() => portal.PlayAsync(async () =>
    {
        var energy = await portal.SignInAsync(Energy, width: 390);
        await energy.GoAsync("/whistles");
        await energy.ReadyAsync();
        var street = await portal.SignInAsync(Street);
        var whistle = await portal.Portal.DraftAsync(brief: Brief with { Kind = JieSuJiBan.Domain.Whistles.WhistleKind.Emergency, Title = "爆管抢修" });
        await street.GoAsync($"/whistles/{whistle}");
        await street.ReadyAsync();
        await street.Link("立即吹响").ClickAsync();
        await street.Button("立即吹响").ClickAsync();

        await energy.Page.Locator(".alarm-card").GetByText("爆管抢修").WaitForAsync();
        await Assertions.Expect(energy.Page.Locator(".bell .count.alarm")).ToHaveTextAsync("1");
        await street.Page.GetByText("待补签").WaitForAsync();
        var head = await portal.SignInAsync(StreetHead, width: 390);
        await head.GoAsync("/inbox");
        await head.ReadyAsync();
        await head.Page.Locator(".decision").Filter(new() { HasText = "爆管抢修" }).GetByRole(AriaRole.Button, new() { Name = "补签" }).ClickAsync();
        await Assertions.Expect(street.Page.GetByText("待补签")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task English_IsOneClickAway() => portal.PlayAsync(async () =>
    {
        var person = await portal.SignInAsync(Street);
        await person.ReadyAsync();
        await person.Page.Locator("header .me summary").ClickAsync();
        await person.Button("English").ClickAsync();

        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for me" }).WaitForAsync();
        foreach (var path in new[] { "/", "/cases", "/cases/new", "/whistles", "/whistles/new" })
        {
            await person.GoAsync(path);
            await person.ReadyAsync();
            var text = await person.Page.Locator("main h1, main label > span:first-child, main button, nav, th").AllInnerTextsAsync();
            Assert.DoesNotContain(text, one => one.Contains("诉求", StringComparison.Ordinal) || one.Contains("吹哨", StringComparison.Ordinal));
        }
    });
}
