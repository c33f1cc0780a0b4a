using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Callbacks;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

public sealed class CallbackSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task TwoCallers_NeverHaveTheSameCase_AndAnswerByKeys() => portal.PlayAsync(async () =>
    {
        var first = await portal.Portal.AwaitCallbackAsync(Garage with { Title = "东门路灯不亮" });
        var second = await portal.Portal.AwaitCallbackAsync(Garage with { Title = "西门积水不退" });
        await portal.Portal.Get<CallbackRound>().AskDueAsync(Stop);
        var one = await portal.SignInAsync(Dispatcher);
        var other = await portal.SignInAsync(SecondDispatcher);
        foreach (var caller in new[] { one, other })
        {
            await caller.GoAsync("/callbacks");
            await caller.ReadyAsync();
        }

        await one.Button("打下一件").ClickAsync();
        await one.Page.GetByRole(AriaRole.Heading, new() { Name = "东门路灯不亮" }).WaitForAsync();
        await other.Text($"{Dispatcher.Name}正在回访").WaitForAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "东门路灯不亮" })).ToBeDisabledAsync();
        await other.Button("打下一件").ClickAsync();
        await other.Page.GetByRole(AriaRole.Heading, new() { Name = "西门积水不退" }).WaitForAsync();

        // He is not satisfied, so a reason is asked for; nothing typed is lost by it.
        await one.FillAsync("诉求人的话", "灯是亮了，修了一个月。");
        await one.Page.GetByRole(AriaRole.Heading, new() { Name = "问话" }).ClickAsync();
        foreach (var (key, answer) in new[] { ("1", "联系过"), ("3", "已解决"), ("7", "不满意") })
        {
            await one.Page.Keyboard.PressAsync(key);
            await Assertions.Expect(one.Page.GetByRole(AriaRole.Radio, new() { Name = answer, Exact = true })).ToBeCheckedAsync();
        }

        await one.Page.Keyboard.PressAsync("Enter");
        await one.Page.Locator("[data-code='case.missing.unsatisfied']").WaitForAsync();
        await Assertions.Expect(one.Page.GetByLabel("诉求人的话")).ToHaveValueAsync("灯是亮了，修了一个月。");
        await one.Page.GetByLabel("不满意的原因").SelectOptionAsync("Slow");
        await one.Button("记录回访").ClickAsync();
        await one.Text("已记录回访。").WaitForAsync();

        await other.Page.Keyboard.PressAsync("0");
        await other.Button("记录未接通").ClickAsync();
        await other.Text("已记录未接通。").WaitForAsync();

        await using var db = await portal.Portal.OpenDatabaseAsync();
        var (called, missed) = (db.Cases.Single(file => file.Id == first), db.Cases.Single(file => file.Id == second));
        Assert.Equal((CaseStatus.CalledBack, true, Satisfaction.Unsatisfied), (called.Status, called.FirstSolved, called.FirstSatisfaction));
        Assert.Equal((CaseStatus.Answered, 1, true), (missed.Status, missed.CallsMissed, missed.CallAt > portal.Clock.GetUtcNow()));
    });
}
