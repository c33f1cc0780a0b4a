using Bunit;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Callbacks;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Components;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Components;

/// <summary>The callers' desk, and the card on which units contest: what each state says, and what may be done in it.</summary>
public class CallbackPageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private DateTimeOffset Now => portal.Clock.GetUtcNow();

    [Fact]
    public async Task TheDesk_IsEmpty_ShowsWhoWaits_AndWhoIsJustCalled_AndWhatAThirdTryMeans()
    {
        await using var own = new PortalFixture();
        await using var stage = new Stage(own, Dispatcher);
        var desk = stage.Open("/callbacks");
        desk.WaitForAssertion(() => Assert.Contains("没有到时要打的回访电话。", desk.MainText(), StringComparison.Ordinal));

        var id = await own.AwaitCallbackAsync(Garage with { Title = "东门路灯不亮" });
        desk.WaitForAssertion(() => Assert.Equal(["东门路灯不亮"], desk.Texts(".queue strong")));

        Assert.Null((await own.Get<CallbackTurns>().TakeAsync(id, SecondDispatcher, Stop)).Refusal);
        desk.WaitForAssertion(() => Assert.Contains($"{SecondDispatcher.Name}正在回访", desk.Find(".queue button[disabled]").TextContent, StringComparison.Ordinal));
        await own.Get<CallbackTurns>().ReleaseAsync(id, SecondDispatcher, Stop);
        desk.WaitForAssertion(() => Assert.Empty(desk.FindAll(".queue button[disabled]")));

        for (var tries = 1; tries <= 2; tries++)
        {
            await own.DoAsync(id, Dispatcher, file => file.MissCall(null, own.Clock.GetUtcNow().AddHours(1), Dispatcher, own.Clock.GetUtcNow()));
            own.Clock.Advance(TimeSpan.FromHours(1));
        }

        await using var later = new Stage(own, Dispatcher);
        desk = later.Open("/callbacks");
        desk.WaitForAssertion(() => Assert.Contains("未接通2次", desk.Find(".queue button").TextContent, StringComparison.Ordinal));
        await desk.InvokeAsync(() => desk.Find(".queue button").Click());
        desk.WaitForAssertion(() => Assert.Equal("东门路灯不亮", desk.Find("#call-title").Text()));
        await desk.InvokeAsync(() => desk.FindAll("input[name=reached]")[1].Change(true));
        desk.WaitForAssertion(() => Assert.Contains("这是第3次未接通，记录后可按未接通结案，不计入三率。", desk.MainText(), StringComparison.Ordinal));

        await desk.InvokeAsync(() => desk.Button("记录未接通").Closest("form")!.Submit());
        desk.WaitForAssertion(() => Assert.Contains("已记录未接通。", desk.MainText(), StringComparison.Ordinal));
        Assert.Contains("没有到时要打的回访电话。", desk.MainText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AContest_IsOfferedToTheUnit_ExaminedByAnother_AndLateWhenItIsLate()
    {
        var id = await FileAsync(isFiled: false);
        await using var stage = new Stage(portal, Street);
        var page = stage.Open($"/cases/{id}");
        Assert.Equal(["申请不合理诉求认定", "提出考核申诉"], page.Texts(".contests summary"));

        await ContestAsync(id);
        page.WaitForAssertion(() => Assert.Contains("待核查", page.Find(".contests h3").TextContent, StringComparison.Ordinal));
        Assert.Equal(["撤回"], page.FindAll(".contests button").Select(Reading.Caption));
        Assert.Empty(page.FindAll(".contests summary"));

        await using var caller = new Stage(portal, Dispatcher);
        Assert.Empty(caller.Open($"/cases/{id}").FindAll(".contests button"));               // he made the call himself
        await using var other = new Stage(portal, SecondDispatcher);
        Assert.Contains("提交核查", other.Open($"/cases/{id}").FindAll(".contests button").Select(Reading.Caption));
        Assert.Equal("Green", Lamp(other.Open("/contests?state=Filed"), id));

        portal.Clock.Advance(TimeSpan.FromDays(9));
        await using var late = new Stage(portal, SecondDispatcher);
        Assert.Contains("已超期", late.Open($"/cases/{id}").Find(".contests article").TextContent, StringComparison.Ordinal);
        var list = late.Open("/contests?state=Filed");
        Assert.Equal("Red", Lamp(list, id));
        Assert.Contains("已超期", RowOf(list, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUpheldAppeal_SaysWhatTheNewCallWillDo_TheDeskToo_AndThenWhatItDid()
    {
        var id = await FileAsync();
        await portal.DoAsync(id, SecondDispatcher, file => file.ExamineContest(true, "听了录音。", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, Now));
        await using var stage = new Stage(portal, Supervisor);
        var page = stage.Open($"/cases/{id}");
        await page.InvokeAsync(() => page.Find(".contests form").Submit());
        page.WaitForAssertion(() => Assert.Equal("请选择结论。", page.Find(".contests [role=alert]").TextContent.Trim()));       // neither is ticked beforehand
        await page.InvokeAsync(() => page.Find(".contests input[name=upheld][value=yes]").Change("yes"));
        page.WaitForAssertion(() => Assert.Contains("本案不再计入三率", page.Find(".contests").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find(".contests select[name=remedy]").Change(nameof(ContestRemedy.CallAgain)));
        page.WaitForAssertion(() => Assert.Contains("代替首次结果", page.Find(".contests .hint").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find(".contests textarea[name=opinion]").Change("重新回访。"));
        await page.InvokeAsync(() => page.Find(".contests form").Submit());

        page.WaitForAssertion(() => Assert.Contains("接通后的回答代替首次结果，仍计入马坊镇", page.Find(".contests .note").TextContent, StringComparison.Ordinal));
        await using var own = new Stage(portal, Dispatcher);
        var queue = own.Open("/callbacks");
        queue.WaitForElement(".queue button");
        Assert.Contains("请同事重新回访", queue.FindAll(".queue button[disabled]").Single(button => button.TextContent.Contains(TitleOf(id), StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.Contains("请同事重新回访", own.Open($"/cases/{id}").Find(".contests").TextContent, StringComparison.Ordinal);
        await using var calling = new Stage(portal, SecondDispatcher);
        var desk = calling.Open("/callbacks");
        desk.WaitForElement(".queue button");
        await desk.InvokeAsync(() => desk.FindAll(".queue button").First(button => button.TextContent.Contains(TitleOf(id), StringComparison.Ordinal)).Click());
        desk.WaitForAssertion(() => Assert.Contains("这次的回答代替首次结果，仍计入马坊镇", desk.Find(".in-call .note").TextContent, StringComparison.Ordinal));

        await portal.DoAsync(id, SecondDispatcher, file => file.CallBack(Yes, SecondDispatcher, Now));
        page.WaitForAssertion(() => Assert.Contains("首次结果已更正", page.Find(".contests").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARefusedAppeal_SaysSo_AndIsNotOfferedAgain()
    {
        var id = await FileAsync();
        await portal.DoAsync(id, SecondDispatcher, file => file.ExamineContest(false, "录音清楚。", CallbackTerms.Default, Rules.Calendar, SecondDispatcher, Now));
        await portal.DoAsync(id, Supervisor, file => file.DecideContest(false, ContestRemedy.Exclude, "证据不足。", Supervisor, Now));
        await using var stage = new Stage(portal, Street);

        var page = stage.Open($"/cases/{id}");

        Assert.Contains("不成立。证据不足。", page.Find(".contests article").TextContent, StringComparison.Ordinal);
        Assert.Equal(["申请不合理诉求认定"], page.Texts(".contests summary"));
    }

    [Theory]
    [InlineData("supervisor", true), InlineData("dispatch", true), InlineData("mafang", false)]
    public async Task ThePlanOfCallbacks_IsFoundByThoseWhoKeepIt(string user, bool isTheirs)
    {
        await using var stage = new Stage(portal, Cast.Single(person => person.UserId == user));

        var links = stage.Open("/contests").FindAll("a[href='/callbacks/plan']");

        Assert.Equal(isTheirs ? 2 : 0, links.Count);                                          // on the page, and in the menu
    }

    private async Task<Guid> FileAsync(bool isFiled = true)
    {
        var id = await portal.AwaitCallbackAsync(Garage with { Title = $"路灯不亮{Guid.NewGuid():N}"[..12] });
        await portal.DoAsync(id, Dispatcher, file => file.CallBack(No, Dispatcher, Now));
        if (isFiled)
        {
            await ContestAsync(id);
        }

        return id;
    }

    private Task ContestAsync(Guid id) => portal.DoAsync(
        id, Street, file => file.Contest(ContestKind.Result, ContestGround.WrongRecord, "与本人说的不符。", null, CallbackTerms.Default, Rules.Calendar, Street, Now));

    private string TitleOf(Guid id) => portal.Get<CaseDesk>().FindAsync(id, Dispatcher, Stop).GetAwaiter().GetResult()!.Title;

    private static string? Lamp(IRenderedComponent<Routes> list, Guid id)
    {
        list.WaitForElement("table.list");
        return list.Find($"tr:has(a[href='/cases/{id}']) .lamp").ClassList.Single(name => name != "lamp") is { } name ? $"{char.ToUpperInvariant(name[0])}{name[1..]}" : null;
    }

    private static string RowOf(IRenderedComponent<Routes> list, Guid id) => list.Find($"tr:has(a[href='/cases/{id}'])").TextContent;
}
