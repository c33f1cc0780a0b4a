using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace JieSuJiBan.Web.Reports;

public sealed class PdfOptions
{
    public const string Section = "Pdf";

    /// <summary>Where Chromium is. Empty: the usual places are tried.</summary>
    public string ChromiumPath { get; set; } = "";

    /// <summary>Starts the browser with the portal, so that the first print does not wait for it.</summary>
    public bool KeepWarm { get; set; } = true;
}

/// <summary>There is no Chromium to print with. The page still prints from the officer's own browser.</summary>
public sealed class ChromiumMissingException(string message) : Exception(message);

/// <summary>
/// Turns HTML documents into PDF with headless Chromium. One browser and its pages are kept warm, and replaced when they die. What
/// is drawn is given to them whole: scripts are off and there is no network, so nothing in a case can make them fetch or run anything.
/// </summary>
public sealed class PdfPrinter(IOptions<PdfOptions> options) : IAsyncDisposable
{
    private static readonly string[] s_usualPlaces =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _printing = new(2);
    private readonly ConcurrentBag<IPage> _warm = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public bool IsAvailable => Find() is not null;

    /// <summary>Loads a document and lets <paramref name="print"/> draw it, once more with a new browser if this one dies over it.</summary>
    public async Task<TResult> PrintAsync<TResult>(string html, Func<IPage, Task<TResult>> print, CancellationToken cancellationToken = default)
    {
        await _printing.WaitAsync(cancellationToken);
        try
        {
            for (var isLast = false; ; isLast = true)
            {
                var page = await TakePageAsync(cancellationToken);
                try
                {
                    await page.SetContentAsync(html, new() { WaitUntil = WaitUntilState.Load });
                    var result = await print(page);
                    await page.SetContentAsync("");  // nothing of a case stays behind in it
                    _warm.Add(page);
                    return result;
                }
                catch (PlaywrightException) when (!isLast && (page.IsClosed || _browser is not { IsConnected: true }))
                {
                    // It died meanwhile.
                }
                catch
                {
                    await DropAsync(page);
                    throw;
                }
            }
        }
        finally
        {
            _printing.Release();
        }
    }

    public static Task<byte[]> DrawAsync(IPage page) => page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true, Outline = true, Tagged = true });

    /// <summary>Starts the browser before the first print is wanted.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken = default) => PrintAsync("<p>启动</p>", DrawAsync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
        _printing.Dispose();
    }

    private async Task<IPage> TakePageAsync(CancellationToken cancellationToken)
    {
        var browser = await BrowserAsync(cancellationToken);
        while (_warm.TryTake(out var page))
        {
            if (!page.IsClosed && page.Context.Browser == browser)
            {
                return page;
            }
        }

        var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, Offline = true });
        var fresh = await context.NewPageAsync();
        await fresh.EmulateMediaAsync(new() { Media = Media.Print });
        return fresh;
    }

    // Whatever went wrong, nobody else is to be given a page that may still show somebody's case.
    private static async Task DropAsync(IPage page)
    {
        try
        {
            await page.Context.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // Its browser has died with it; what went wrong first is what the caller hears of.
        }
    }

    private async Task<IBrowser> BrowserAsync(CancellationToken cancellationToken)
    {
        if (_browser is { IsConnected: true } warm)
        {
            return warm;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_browser is { IsConnected: true } other)
            {
                return other;
            }

            var path = Find() ?? throw new ChromiumMissingException("No Chromium was found. Install it (Debian: apt-get install chromium) or set Pdf:ChromiumPath.");
            _playwright ??= await Playwright.CreateAsync();
            // Pages are offline, but Chromium opens connections ahead of the requests it then refuses; where no name is known it opens none.
            List<string> arguments = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
            if (Environment.UserName == "root")
            {
                arguments.Add("--no-sandbox");  // Chromium refuses to start as root with its sandbox
            }

            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = arguments });
            return _browser;
        }
        finally
        {
            _starting.Release();
        }
    }

    private string? Find() => options.Value.ChromiumPath is { Length: > 0 } configured
        ? File.Exists(configured) ? configured : null
        : s_usualPlaces.FirstOrDefault(File.Exists);
}
