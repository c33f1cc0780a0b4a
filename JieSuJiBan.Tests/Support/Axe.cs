using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Support;

/// <summary>axe-core on a page as it stands. It is read in once a page and run in it: no page of ours has frames, for which it would be read in anew each time.</summary>
internal static class Axe
{
    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is serious or critical, each in a line; and whether the page is wider than the screen.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page, string name, int width)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(s_script);
        }

        var found = await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => `${one.id} (${one.help}) ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`)
            """);
        var drawn = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return
        [
            .. found.Select(one => $"{name} at {width}: {one}"),
            .. drawn > width + 1 ? new[] { $"{name}: {drawn} px wide on a screen of {width} px" } : [],
        ];
    }
}
