using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Assessment;
using JieSuJiBan.Web.Demo;
using JieSuJiBan.Web.Seed;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Pictures of what only shows in a year: from an invented one of 朝阳区.</summary>
internal static class YearPictures
{
    private const int Cases = 20_000;

    public static async Task TakeAsync(string docs)
    {
        await using var year = new SeededPortal(await SeededPortal.MakeAsync(Cases));
        var (leader, last) = (new Actor("pictures", "副区长", SeedCast.District, "朝阳区", Role.DistrictLeader, year.Clock.GetUtcNow()), year.Clock.GetUtcNow().AddMonths(-1));
        await year.Get<RankingDesk>().PublishAsync(RankingList.Streets, Period.Month(last.Year, last.Month), leader);  // unless it is published already

        var browser = await Chromium.LaunchAsync();
        foreach (var (user, width, height, path, name) in new[]
        {
            ("supervisor", 1440, 1000, $"/insight?month={last:yyyy-MM}", "insight"),
            ("supervisor", 1440, 900, $"/insight/map?show=Solved&month={last:yyyy-MM}", "insight-map"),
            ("supervisor", 1440, 900, $"/insight/monthly?month={last:yyyy-MM}", "analysis"),
            ("supervisor", 1440, 900, $"/rankings?at={Period.Month(last.Year, last.Month)}", "rankings"),
            ("supervisor", 1440, 900, $"/reports/enterprises/{Period.Month(last.Year, last.Month)}", "enterprises"),
            ("dispatch", 1440, 900, "/callbacks", "callbacks"),
            ("leader", 1920, 1080, "/screen", "screen"),
        })
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = year.ClientOptions.BaseAddress.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = width, Height = height } });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/account/sign-in");
            await page.GetByLabel("账号").First.FillAsync(SeedAccounts.Prefix + user);
            await page.GetByLabel("密码").First.FillAsync(new DemoOptions().Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
            await page.Locator("main[data-live=yes]").WaitForAsync();
            if (await page.GetByRole(AriaRole.Button, new() { Name = "知道了" }).First.IsVisibleAsync())
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "知道了" }).First.ClickAsync();
            }

            await page.GotoAsync(path);
            await page.Locator("main[data-live=yes]").WaitForAsync();
            if (name == "callbacks")
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "打下一件" }).ClickAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "打下一件" }).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(docs, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
