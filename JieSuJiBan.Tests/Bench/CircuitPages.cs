using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Demo;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// The same pages within a circuit: how long the server takes over a click, and how long it takes until Chromium shows the page with what
/// it was to show. Both run on the same machine.
/// </summary>
internal sealed class CircuitPages(IBrowser browser, IReadOnlyList<BenchYear> years) : IAsyncDisposable
{
    private const string Between = "/account/notices";

    private static readonly string[] s_chosen =
    [
        "home_", "cases_open_due_page1_", "cases_all_newest_page50_", "cases_all_newest_place_", "search_frequent_", "search_rare_", "search_one_sign_", "case_", "supervision_centre", "dispatch", "inbox",
        "crowds_centre", "reviews_centre", "callbacks_centre", "contests_centre", "firms", "insight_centre", "insight_map_centre", "insight_topics_centre", "insight_flow_centre", "insight_objections_centre",
        "insight_cases_valid", "rankings_month", "ranking_cases_month_leader",
    ];

    private readonly Dictionary<BenchYear, IPage> _open = [];
    private string? _user;

    /// <summary>The names of those that are measured, together for whoever uses them.</summary>
    public static IEnumerable<string> Chosen(BenchYear year) =>
        year.Names.Where(name => s_chosen.Any(begin => name.StartsWith(begin, StringComparison.Ordinal))).GroupBy(name => year.Page(name).User).SelectMany(ofUser => ofUser);

    /// <summary>What the server took, and how long it was until Chromium showed it.</summary>
    public async Task<(Turns Answered, Turns Shown)> MeasureAsync(string name, int times)
    {
        await SignInForAsync(name);
        var shown = new Turns(years);
        var answered = await Turns.TakeAsync(years, year => year.Page(name).Paths, times, async (year, path) =>
        {
            var (page, wire) = (_open[year], year.Portal.Wire);
            await GoAsync(page, Between);
            await wire.QuietAsync();
            wire.Take();
            shown.Add(year, await GoAsync(page, path));
            await wire.QuietAsync();
            return wire.Take();
        });
        return (answered, shown.Last(times));
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task CloseAsync()
    {
        foreach (var page in _open.Values)
        {
            await page.Context.DisposeAsync();
        }

        _open.Clear();
        _user = null;
    }

    private async Task SignInForAsync(string name)
    {
        if (_user == years[0].Page(name).User)
        {
            return;
        }

        await CloseAsync();
        foreach (var year in years)
        {
            var context = await browser.NewContextAsync(new() { BaseURL = year.Portal.ClientOptions.BaseAddress.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1440, Height = 900 } });
            var page = await context.NewPageAsync();
            _open.Add(year, page);
            await page.GotoAsync("/account/sign-in");
            await page.GetByLabel("账号").FillAsync(year.Page(name).User);
            await page.GetByLabel("密码").FillAsync(new DemoOptions().Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
            await page.WaitForURLAsync(new Uri(year.Portal.ClientOptions.BaseAddress, "/").ToString());
            await BeginAsync(page);
        }

        _user = years[0].Page(name).User;
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
