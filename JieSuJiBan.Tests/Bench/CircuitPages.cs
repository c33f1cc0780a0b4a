using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Demo;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// The same pages within a circuit: how long the server takes over a click, and how long it takes until Chromium shows the page with what
/// it was to show. Both run on the same machine.
/// </summary>
internal static class CircuitPages
{
    private const string Between = "/account/notices";

    private static readonly string[] s_chosen =
    [
        "home_", "cases_open_due_page1_", "cases_all_newest_page50_", "cases_all_newest_place_", "search_frequent_", "search_rare_", "search_one_sign_", "case_", "supervision_centre", "dispatch", "inbox",
        "crowds_centre", "reviews_centre", "callbacks_centre", "contests_centre", "firms", "insight_centre", "insight_map_centre", "insight_topics_centre", "insight_flow_centre", "insight_objections_centre",
        "insight_cases_valid", "rankings_month", "ranking_cases_month_leader",
    ];

    /// <summary>The names of those that are measured, together for whoever uses them.</summary>
    public static IEnumerable<IReadOnlyList<string>> Chosen(BenchYear year) =>
        year.Names.Where(name => s_chosen.Any(begin => name.StartsWith(begin, StringComparison.Ordinal))).GroupBy(name => year.Page(name).User).Select(ofUser => ofUser.ToList());

    /// <summary>Pages of one user.</summary>
    public static async Task<IReadOnlyList<(string Name, List<double> Answered, List<double> Shown)>> MeasureAsync(IBrowser browser, BenchYear year, IReadOnlyList<string> names, int times)
    {
        var (wire, measured) = (year.Portal.Wire, new List<(string, List<double>, List<double>)>());
        await using var context = await browser.NewContextAsync(new() { BaseURL = year.Portal.ClientOptions.BaseAddress.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("账号").FillAsync(year.Page(names[0]).User);
        await page.GetByLabel("密码").FillAsync(new DemoOptions().Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(year.Portal.ClientOptions.BaseAddress, "/").ToString());
        await BeginAsync(page);
        foreach (var one in names.Select(year.Page))
        {
            var (answered, shown) = (new List<double>(), new List<double>());
            for (var turn = -one.Paths.Count; turn < times; turn++)  // each address was asked for before, as over HTTP
            {
                await GoAsync(page, Between);
                await wire.QuietAsync();
                wire.Take();
                var until = await GoAsync(page, one.Paths[(turn + one.Paths.Count) % one.Paths.Count]);
                await wire.QuietAsync();
                if (turn >= 0)
                {
                    answered.Add(wire.Take());
                    shown.Add(until);
                }
            }

            measured.Add((one.Name, answered, shown));
        }

        return measured;
    }

    // Before there is a circuit, the browser loads the whole page.
    private static async Task BeginAsync(IPage page)
    {
        for (var isWithin = false; !isWithin;)
        {
            await page.WaitForFunctionAsync("() => window.Blazor?.navigateTo");
            await page.EvaluateAsync("() => { window.isWithin = true; }");
            try
            {
                await GoAsync(page, Between);
                await GoAsync(page, "/notices");
                isWithin = await page.EvaluateAsync<bool>("() => window.isWithin === true");
            }
            catch (PlaywrightException)
            {
                await page.WaitForLoadStateAsync();
            }
        }
    }

    // The heading of the page before is marked, so that it is not taken for the new one.
    private static Task<double> GoAsync(IPage page, string path) => page.EvaluateAsync<double>(
        """
        path => new Promise(done => {
            document.querySelector('main h1')?.setAttribute('data-before', '');
            const began = performance.now();
            const look = () => document.querySelector('main h1:not([data-before])') && !document.querySelector('main > [role=status], main .page > [role=status]')
                ? done(performance.now() - began) : setTimeout(look, 2);
            Blazor.navigateTo(path);
            look();
        })
        """, path);
}
