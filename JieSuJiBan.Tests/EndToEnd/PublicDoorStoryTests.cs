using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Clock;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>A citizen with a small phone, who has no account and not always a line.</summary>
public sealed class PublicDoorStoryTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private const int Phone = 360;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public Task ACitizen_Reports_Follows_AddsFacts_AndRates() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone, place: new() { Latitude = 40.0412f, Longitude = 117.0033f, Accuracy = 18 });
        await WriteAsync(citizen, "汇景社区东门的路灯坏了。老人夜里看不清路。");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(3000, 2000));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Button("附上我现在的位置").ClickAsync();
        await citizen.Text("北纬40.0412，东经117.0033").WaitForAsync();
        await citizen.FillAsync("电话", "13900007788");
        await citizen.Button("提交").ClickAsync();
        await citizen.Page.WaitForURLAsync("**/public/received");
        await citizen.Button("记住在本机").ClickAsync();
        var file = await CaseAsync(await citizen.Page.Locator("[data-receipt]").GetAttributeAsync("data-number"));
        Assert.Equal((40.0412, Mafang), (Math.Round(file.Position!.Latitude, 4), file.Home));
        await using (var db = await portal.Portal.OpenDatabaseAsync())
        {
            var photo = await db.AttachmentUses.Where(use => use.Stream == file.Id).Join(db.Attachments, use => use.AttachmentId, photo => photo.Id, (use, photo) => photo).SingleAsync(Stop);
            Assert.Equal(("image/jpeg", 1600, 1067), (photo.ContentType, photo.Width, photo.Height));
        }

        await portal.Portal.DoAsync(file.Id, Dispatcher, file => file.Dispatch(new DispatchOrder(Mafang, [], Now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, Now));
        await citizen.GoAsync("/public/follow");
        await citizen.Button("退出查询").ClickAsync();
        await citizen.Page.Locator("[data-kept-list] .open").ClickAsync();
        await citizen.Text("已交平谷区马坊镇办理").WaitForAsync();
        await citizen.FillAsync("新的情况", "昨晚有人摔了一跤。");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Button("提交补充").ClickAsync();
        await citizen.Text("您补充了情况（照片1张）").WaitForAsync();

        await HandleAsync(file.Id);
        await citizen.Page.ReloadAsync();
        await citizen.Text("路灯已换新，今晚亮灯。").WaitForAsync();
        await citizen.Page.GetByLabel("未解决").CheckAsync();
        await citizen.Page.GetByLabel("不满意").CheckAsync();
        await citizen.FillAsync("还想说的", "还有一盏不亮");
        await citizen.Button("提交评价").ClickAsync();
        await citizen.Text("您的评价：未解决，不满意").WaitForAsync();
        Assert.True(await WidthAsync(citizen) <= Phone);

        // After the limit his own answer is the callback.
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await portal.Portal.Get<PortalClock>().TickAsync(Stop);
        await portal.Portal.Get<CallbackRound>().AskDueAsync(Stop);
        await citizen.GoAsync("/public/follow");
        await citizen.Page.Locator("[data-kept-list] .open").ClickAsync();
        await citizen.Page.GetByRole(AriaRole.Heading, new() { Name = "请您评价办理结果" }).WaitForAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("未解决")).ToBeCheckedAsync();
        await citizen.Page.GetByLabel("联系过", new() { Exact = true }).CheckAsync();
        await citizen.Page.GetByLabel("没有解决的原因").SelectOptionAsync("InPart");
        await citizen.Page.GetByLabel("不满意的原因").SelectOptionAsync("Result");
        Assert.True(await WidthAsync(citizen) <= Phone);
        await citizen.Button("提交评价").ClickAsync();
        await citizen.Text("已回访您的意见").WaitForAsync();
        await using (var db = await portal.Portal.OpenDatabaseAsync())
        {
            var called = await db.Cases.SingleAsync(one => one.Id == file.Id, Stop);
            Assert.Equal((CaseStatus.CalledBack, true, false, Satisfaction.Unsatisfied), (called.Status, called.FirstContacted, called.FirstSolved, called.FirstSatisfaction));
        }
    });

    [Fact]
    public Task WithoutALine_TheFormOpens_AndWhatIsWrittenIsSentWhenItIsBack() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone);
        await citizen.GoAsync("/public");
        await citizen.Page.EvaluateAsync("async () => { while (!navigator.serviceWorker.controller || !await caches.match('/public')) await new Promise(later => setTimeout(later, 50)); }");

        await CutAsync(citizen);
        await citizen.Page.ReloadAsync();
        await citizen.Text("现在没有网络").WaitForAsync();
        await WriteAsync(citizen, "村口桥栏杆断了，孩子上学要过桥。", opens: false);
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Button("提交").ClickAsync();
        await citizen.Text("等待网络，会自动提交").WaitForAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("什么事")).ToHaveValueAsync("");
        await citizen.Page.ReloadAsync();
        await citizen.Text("等待网络，会自动提交").WaitForAsync();
        Assert.Empty(await CasesAsync("村口桥栏杆"));

        await RestoreAsync(citizen);

        await citizen.Text("已提交。请记下编号和查询码").WaitForAsync();
        var file = Assert.Single(await CasesAsync("村口桥栏杆"));
        await Assertions.Expect(citizen.Page.Locator("[data-outbox]")).ToContainTextAsync(file.Number);
        var code = await citizen.Page.Locator("[data-outbox] .code").InnerTextAsync();
        await citizen.Button("已记下").ClickAsync();
        await citizen.GoAsync("/public/follow");
        await citizen.Button("退出查询").ClickAsync();
        await citizen.FillAsync("编号", file.Number);
        await citizen.FillAsync("查询码", code);
        await citizen.Button("查看").ClickAsync();
        await citizen.Text("已收到您的诉求（照片1张）").WaitForAsync();
    });

    [Fact]
    public Task AnAnswerThatGotLost_IsAskedForAgain_AndIsOneCase() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone);
        await WriteAsync(citizen, "小区门口积水，一下雨就没过脚面。");
        await citizen.Page.Context.RouteAsync("**/public", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();  // it arrives
            await route.AbortAsync();  // and nobody hears of it
        });
        await citizen.Button("提交").ClickAsync();
        await citizen.Text("等待网络，会自动提交").WaitForAsync();

        await citizen.Page.Context.UnrouteAllAsync();
        await citizen.Button("现在提交").ClickAsync();

        await citizen.Text("已提交。请记下编号和查询码").WaitForAsync();
        var file = Assert.Single(await CasesAsync("小区门口积水"));
        await Assertions.Expect(citizen.Page.Locator("[data-outbox]")).ToContainTextAsync(file.Number);
    });

    [Fact]
    public Task WhatIsHalfWritten_IsStillThereAfterAReload_AndGoneWhenItIsSent() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone);
        await WriteAsync(citizen, "写了一半");
        await citizen.FillAsync("电话", "13900007788");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Page.EvaluateAsync("async () => { while (!await publicDoor.drafts.get('photos')) await new Promise(later => setTimeout(later, 50)); }");
        Assert.DoesNotContain("13900007788", await citizen.Page.EvaluateAsync<string>("async () => JSON.stringify(await publicDoor.drafts.all()) + JSON.stringify(localStorage)"), StringComparison.Ordinal);

        await citizen.Page.ReloadAsync();

        await citizen.Text("上次没写完的内容还在").WaitForAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("什么事")).ToHaveValueAsync("写了一半");
        await Assertions.Expect(citizen.Page.GetByLabel("电话")).ToHaveValueAsync("13900007788");
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Button("提交").ClickAsync();
        await citizen.Page.WaitForURLAsync("**/public/received");
        await citizen.GoAsync("/public");
        await citizen.Button("附上我现在的位置").WaitForAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("什么事")).ToHaveValueAsync("");
        Assert.Null(Assert.Single(await CasesAsync("写了一半")).Position);
    });

    [Fact]
    public Task OnASharedComputer_A举报StaysInItsTab_AndWhoeverLeavesLeavesNothing() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone);
        await WriteAsync(citizen, "镇里有人收了红包");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Page.Locator("[name=nature][value=Report]").CheckAsync();
        await Assertions.Expect(citizen.Page.Locator("[data-only-for=Report]")).ToBeVisibleAsync();

        Assert.DoesNotContain("红包", await citizen.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await citizen.Page.EvaluateAsync("async () => { while (await publicDoor.drafts.get('photos')) await new Promise(later => setTimeout(later, 50)); }");
        await citizen.Page.ReloadAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("什么事")).ToHaveValueAsync("镇里有人收了红包");

        await citizen.Button("提交").ClickAsync();
        await citizen.Page.WaitForURLAsync("**/public/received");
        await citizen.GoAsync("/public/follow");
        await citizen.FillAsync("新的情况", "还有一次");
        await citizen.Button("退出查询").ClickAsync();
        await citizen.Page.GetByLabel("查询码").WaitForAsync();
        Assert.DoesNotContain("还有一次", await citizen.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)"), StringComparison.Ordinal);
    });

    [Fact]
    public Task APhoneWithoutScript_GetsByToo() => portal.PlayAsync(async () =>
    {
        var citizen = await portal.OpenAsync(Phone, runsScripts: false);
        await WriteAsync(citizen, "公交站牌倒了。");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await citizen.Page.GetByLabel("电话").FillAsync("不是电话");
        await citizen.Button("提交").ClickAsync();
        await citizen.Text("电话只填数字").WaitForAsync();
        await Assertions.Expect(citizen.Page.GetByLabel("什么事")).ToHaveValueAsync("公交站牌倒了。");
        portal.Clock.Advance(TimeSpan.FromSeconds(5));
        await citizen.Page.GetByLabel("电话").FillAsync("");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await citizen.Button("提交").ClickAsync();
        var number = await citizen.Page.Locator("[data-receipt]").GetAttributeAsync("data-number");

        await citizen.Link("查看进度").ClickAsync();

        await citizen.Text("已收到您的诉求（照片1张）").WaitForAsync();
        Assert.Equal("公交站牌倒了", (await CaseAsync(number)).Title);
    });

    [Theory]
    [InlineData(360), InlineData(1440)]
    public Task EveryPage_IsAccessible(int width) => portal.PlayAsync(async () =>
    {
        var found = new List<string>();
        var citizen = await portal.OpenAsync(width);
        await citizen.GoAsync("/public/follow");
        await LookAsync("follow");
        await WriteAsync(citizen, "河边护栏松动。");
        await citizen.Page.GetByLabel("照片").SetInputFilesAsync(Photo(40, 30));
        await Assertions.Expect(citizen.Page.Locator(".photos li")).ToHaveCountAsync(1);
        await citizen.Page.GetByLabel("举报", new() { Exact = true }).CheckAsync();
        await citizen.Page.GetByLabel("被举报单位").WaitForAsync();
        await citizen.FillAsync("电话", "不是电话");
        await citizen.Button("提交").ClickAsync();
        await citizen.Text("电话只填数字").WaitForAsync();
        await LookAsync("refused");
        await citizen.FillAsync("电话", "");
        await CutAsync(citizen);
        await citizen.Button("提交").ClickAsync();
        await citizen.Text("等待网络，会自动提交").WaitForAsync();
        await LookAsync("outbox");
        await RestoreAsync(citizen);
        await citizen.Text("已提交。请记下编号和查询码").WaitForAsync();
        await citizen.Button("记住在本机").ClickAsync();
        await LookAsync("sent");
        await citizen.GoAsync("/public/received");
        await citizen.Button("复制编号和查询码").WaitForAsync();
        await LookAsync("received");
        var file = await CaseAsync(await citizen.Page.Locator("[data-receipt]").GetAttributeAsync("data-number"));
        await portal.Portal.DoAsync(file.Id, Dispatcher, file => file.Dispatch(new DispatchOrder(Mafang, [], Now.AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, Now));
        await HandleAsync(file.Id);
        await citizen.GoAsync("/public/follow");
        await citizen.Button("提交评价").WaitForAsync();
        await LookAsync("progress");
        await citizen.Button("退出查询").ClickAsync();
        await citizen.Page.Locator("[data-kept-list] .open").WaitForAsync();
        await LookAsync("kept");

        Assert.True(found.Count == 0, string.Join("\n", found));

        async Task LookAsync(string page) => found.AddRange(await Axe.LookAsync(citizen.Page, page, width));
    });

    private async Task WriteAsync(Person citizen, string text, bool opens = true)
    {
        if (opens)
        {
            await citizen.GoAsync("/public");
        }

        await citizen.FillAsync("什么事", text);
        await citizen.ChooseAsync("在哪个街道、乡镇", "马坊镇");
        await citizen.FillAsync("具体地点", "汇景社区东门");
        portal.Clock.Advance(TimeSpan.FromSeconds(5));  // nobody writes that in less
    }

    private async Task HandleAsync(Guid id)
    {
        await portal.Portal.DoAsync(id, Street, file => file.Accept(Street, Now));
        await portal.Portal.DoAsync(id, Street, file => file.Contact(true, "已联系", Street, Now));
        await portal.Portal.DoAsync(id, Street, file => file.Progress("已换灯", null, Street, Now));
        await portal.Portal.DoAsync(id, Street, file => file.Submit("已换灯", null, Street, Now));
        await portal.Portal.DoAsync(id, StreetHead, file => file.Answer("路灯已换新，今晚亮灯。", StreetHead, Now));
    }

    private async Task CutAsync(Person citizen)
    {
        portal.Line.Cut();
        await citizen.Page.Context.SetOfflineAsync(true);
    }

    private async Task RestoreAsync(Person citizen)
    {
        portal.Line.Restore();
        await citizen.Page.Context.SetOfflineAsync(false);
    }

    private async Task<CaseFile> CaseAsync(string? number)
    {
        await using var db = await portal.Portal.OpenDatabaseAsync();
        return await db.Cases.SingleAsync(file => file.Number == number, Stop);
    }

    private async Task<List<CaseFile>> CasesAsync(string title)
    {
        await using var db = await portal.Portal.OpenDatabaseAsync();
        return await db.Cases.Where(file => file.Title.StartsWith(title)).ToListAsync(Stop);
    }

    private static FilePayload Photo(int width, int height) => new() { Name = "IMG_0001.png", MimeType = "image/png", Buffer = Pictures.Png(width, height) };

    private static Task<int> WidthAsync(Person person) => person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
}
