using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Dispatch;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

public sealed class DispatchDeskTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private static int s_callers;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Demand Charging(int no) => Garage with { Title = $"地下车库装不了充电桩{no}", Text = $"{no}号楼业主反映地下车库没有充电桩，物业说电容量不够。", Place = $"第{no}小区" };

    [Fact]
    public Task OneKey_DispatchesToTheProposedUnit_AndTheNextCaseIsInHand() => portal.PlayAsync(async () =>
    {
        await TeachAsync();
        var first = await RegisterAsync(Charging(101));
        var second = await RegisterAsync(Charging(102));
        await portal.Portal.Get<Lookout>().TickAsync(Stop);

        var dispatcher = await portal.SignInAsync(Dispatcher);
        await dispatcher.GoAsync("/dispatch");
        await dispatcher.ReadyAsync();
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "地下车库装不了充电桩101" }).ClickAsync();
        var inHand = dispatcher.Page.GetByRole(AriaRole.Heading, new() { Name = "地下车库装不了充电桩101" });
        await inHand.WaitForAsync();
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "派给区城管委" }).WaitForAsync();

        await dispatcher.Page.Keyboard.PressAsync("1");

        await Assertions.Expect(dispatcher.Text("已派给区城管委")).ToBeVisibleAsync();
        await Assertions.Expect(inHand).ToBeHiddenAsync();
        await using var db = await portal.Portal.OpenDatabaseAsync();
        Assert.Equal((EnergyOffice, CaseStatus.Registered), (db.Cases.Single(file => file.Id == first).FirstReceiver, db.Cases.Single(file => file.Id == second).Status));
    });

    [Fact]
    public Task TheDesksKeys_CountOnlyThere() => portal.PlayAsync(async () =>
    {
        const string Press = "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))";
        await RegisterAsync(Charging(301));
        var dispatcher = await portal.SignInAsync(Dispatcher);
        await dispatcher.GoAsync("/dispatch");
        await dispatcher.ReadyAsync();
        await dispatcher.Page.Locator(".in-hand").WaitForAsync();
        await dispatcher.Page.WaitForFunctionAsync($"() => !({Press})()");

        await dispatcher.Page.GetByRole(AriaRole.Link, new() { Name = "自动派单" }).PressAsync("Enter");  // an alarm may lie over it
        await dispatcher.Page.GetByText("派单策略").WaitForAsync();

        Assert.True(await dispatcher.Page.EvaluateAsync<bool>(Press));
    });

    [Fact]
    public Task WhatSomebodyElseDispatches_StaysInHand_AndSaysSo() => portal.PlayAsync(async () =>
    {
        var first = await RegisterAsync(Charging(401));
        await RegisterAsync(Charging(402));
        var dispatcher = await portal.SignInAsync(Dispatcher);
        await dispatcher.GoAsync("/dispatch");
        await dispatcher.ReadyAsync();
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "地下车库装不了充电桩401" }).ClickAsync();
        var inHand = dispatcher.Page.GetByRole(AriaRole.Heading, new() { Name = "地下车库装不了充电桩401" });
        await inHand.WaitForAsync();

        await portal.Portal.DoAsync(first, SecondDispatcher, file => file.Dispatch(
            new DispatchOrder(EnergyOffice, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, SecondDispatcher, portal.Clock.GetUtcNow()));

        await Assertions.Expect(dispatcher.Text("这件已经处理过了")).ToBeVisibleAsync();
        await Assertions.Expect(inHand).ToBeVisibleAsync();
    });

    [Fact]
    public Task SureEnough_TheMatcherDispatchesAlone_AndTheLogSaysWhy() => portal.PlayAsync(async () =>
    {
        await TeachAsync();
        var policy = portal.Portal.Get<PolicyDesk>();
        var before = await policy.ReadAsync(District, Stop);
        await policy.SetAsync(before with { IsAutomatic = true, Threshold = 0.5 }, "试行", Dispatcher);
        var id = await RegisterAsync(Charging(201));
        var danger = await RegisterAsync(Charging(202) with { Text = "地下车库充电桩冒烟着火了" });
        await portal.Portal.Get<Lookout>().TickAsync(Stop);
        await policy.SetAsync(before with { IsAutomatic = false }, "试行结束", Dispatcher);

        var dispatcher = await portal.SignInAsync(Dispatcher);
        await dispatcher.GoAsync($"/cases/{id}");
        await dispatcher.Page.GetByText("推荐区城管委").First.WaitForAsync();
        await Assertions.Expect(dispatcher.Page.Locator(".timeline")).ToContainTextAsync("自动派单");

        await dispatcher.GoAsync("/dispatch");
        await dispatcher.ReadyAsync();
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "地下车库装不了充电桩202" }).WaitForAsync();
        await using var db = await portal.Portal.OpenDatabaseAsync();
        Assert.Equal(CaseStatus.Registered, db.Cases.Single(file => file.Id == danger).Status);
        await dispatcher.GoAsync("/dispatch/record");
        await dispatcher.Page.GetByText("自动派单正确率").WaitForAsync();
    });

    [Fact]
    public Task ACrowd_IsTheStreetsWhistle_Prefilled() => portal.PlayAsync(async () =>
    {
        for (var no = 1; no <= 5; no++)
        {
            await RegisterAsync(Garage with { Title = $"电梯停运第{no}天", Category = "物业管理/电梯故障", Place = $"滨河花园{no}号楼" });
        }

        await portal.Portal.Get<Lookout>().TickAsync(Stop);
        var street = await portal.SignInAsync(Street);
        await street.GoAsync("/crowds");
        await street.ReadyAsync();
        await street.Page.GetByRole(AriaRole.Link, new() { Name = "滨河花园" }).ClickAsync();
        await street.Link("据此吹哨").ClickAsync();
        await street.ReadyAsync();
        await Assertions.Expect(street.Page.GetByLabel("标题")).ToHaveValueAsync("滨河花园：物业管理/电梯故障，5件");
        await Assertions.Expect(street.Page.GetByLabel("吹哨前做了什么")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("电梯停运第3天"));

        if (await street.Page.Locator(".ask").CountAsync() == 0)
        {
            await street.Page.GetByRole(AriaRole.Checkbox, new() { Name = "区住建委" }).CheckAsync();
            await street.FillAsync("请区住建委做什么", "督促物业修复电梯");
        }

        await street.FillAsync("法规或职责依据", "《北京市物业管理条例》");
        await street.Button("保存哨单").ClickAsync();
        await street.Page.GetByRole(AriaRole.Heading, new() { Name = "滨河花园" }).WaitForAsync();

        await street.GoAsync("/crowds?state=Whistled");
        await street.Page.GetByRole(AriaRole.Link, new() { Name = "滨河花园" }).WaitForAsync();
    });

    // Somebody else each time: what one person says again is joined and not dispatched.
    private async Task<Guid> RegisterAsync(Demand demand)
    {
        var petitioner = Caller with { Phone = $"130{Interlocked.Increment(ref s_callers):D8}" };
        var (id, outcome) = await portal.Portal.Get<CaseDesk>().RegisterAsync(demand, petitioner, Dispatcher);
        Assert.Null(outcome.Refusal);
        return id;
    }

    // Enough of one kind, always the same unit: what a history looks like.
    private async Task TeachAsync()
    {
        for (var no = 1; no <= 30; no++)
        {
            var id = await RegisterAsync(Charging(no));
            await portal.Portal.DoAsync(id, Dispatcher, file => file.Dispatch(
                new DispatchOrder(EnergyOffice, [], portal.Clock.GetUtcNow().AddDays(7), "一般诉求7日"), Rules.Calendar, Dispatcher, portal.Clock.GetUtcNow()));
        }

        await portal.Portal.Get<Lookout>().TickAsync(Stop);
    }
}
