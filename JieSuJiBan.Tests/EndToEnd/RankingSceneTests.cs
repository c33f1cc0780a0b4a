using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Figures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>From the table to the single call and back: a supervisor looks behind a number, publishes, and corrects; the street reads it.</summary>
public sealed class RankingSceneTests(LivePortal portal) : IClassFixture<LivePortal>
{
    [Fact]
    public Task TheSupervisorOpensANumber_Publishes_AndCorrects_AndTheStreetSeesBothEditions() => portal.PlayAsync(async () =>
    {
        await CallBackAsync(Yes);
        await CallBackAsync(No);
        portal.Clock.Advance(TimeSpan.FromDays(9));  // the period has ended

        var supervisor = await portal.SignInAsync(Supervisor);
        await supervisor.GoAsync("/rankings?list=Streets&at=2026-03");
        await supervisor.ReadyAsync();
        var row = supervisor.Page.Locator($"tr[data-unit='{Mafang}']");
        Assert.Equal("50.00%", await row.Locator("td").Nth(3).InnerTextAsync());
        await row.GetByRole(AriaRole.Link, new() { Name = "马坊镇有效回访：2" }).ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/rankings/cases?*");
        await supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "未解决 1" }).ClickAsync();
        await supervisor.Text("共1件").WaitForAsync();

        await supervisor.GoAsync("/rankings?list=Streets&at=2026-03");
        await supervisor.ReadyAsync();
        await supervisor.Button("公布").ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/rankings/*-*");
        await supervisor.Text("第1版").First.WaitForAsync();

        var street = await portal.SignInAsync(Street, 390);
        await street.GoAsync("/rankings/published");
        await street.Page.GetByRole(AriaRole.Link, new() { Name = "街乡镇 2026年3月" }).ClickAsync();
        await street.Text("55.0").First.WaitForAsync();

        await LeaveOutAsync();
        await supervisor.Page.ReloadAsync();
        await supervisor.ReadyAsync();
        await supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "更正（" }).ClickAsync();
        await supervisor.FillAsync("更正理由", "一件不合理诉求已认定。");
        await supervisor.Button("公布").ClickAsync();
        await supervisor.Text("第2版与第1版的差别").WaitForAsync();

        await street.Text("第2版与第1版的差别").WaitForAsync();
        Assert.Equal(390, await street.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    });

    // The second of them on the last day of the period.
    private async Task CallBackAsync(CallbackAnswer answer)
    {
        var id = await portal.Portal.StartAsync();
        await portal.Portal.DoAsync(id, Street, file => file.Submit("48个充电桩已通电。", null, Street, portal.Clock.GetUtcNow()));
        await portal.Portal.DoAsync(id, StreetHead, file => file.Answer("充电桩已可使用。", StreetHead, portal.Clock.GetUtcNow()));
        portal.Clock.Advance(TimeSpan.FromDays(8));
        await portal.Portal.DoAsync(id, Dispatcher, file => file.CallBack(answer, Dispatcher, portal.Clock.GetUtcNow()));
    }

    // As a review leaves a case out.
    private async Task LeaveOutAsync()
    {
        await using var db = await portal.Portal.OpenDatabaseAsync();
        await db.Database.ExecuteSqlRawAsync("UPDATE Cases SET IsExcluded = 1 WHERE FirstSolved = 0");
        await portal.Portal.Get<FigureKeeper>().RebuildAsync();
    }
}
