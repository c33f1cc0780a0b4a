using System.Net;
using JieSuJiBan.Domain.Organisation;
using Microsoft.Playwright;

namespace JieSuJiBan.Tests.Support;

/// <summary>
/// The portal on a real port, reached by real browsers over a line that a test can cut. It can be stopped and started again on the
/// same data, as a server is.
/// </summary>
public sealed class LivePortal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("live").FullName;
    private readonly List<IBrowserContext> _contexts = [];

    internal Line Line { get; } = new();

    internal Server Portal { get; private set; } = null!;

    internal ManualClock Clock => Portal.Clock;

    /// <summary>How long the server keeps the circuit of a page it has lost.</summary>
    public TimeSpan CircuitLife { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>False for a measurement, which is not of the log.</summary>
    public bool KeepsLog { get; init; } = true;

    public ValueTask InitializeAsync()
    {
        Start(Given.Morning);
        return ValueTask.CompletedTask;
    }

    /// <summary>Kills the server and starts another on the same data; browsers find it at the same address.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Start(Clock.GetUtcNow());
    }

    public async Task StopAsync()
    {
        Line.Target = null;
        await Portal.DisposeAsync();
    }

    public void Start() => Start(Clock.GetUtcNow());

    /// <summary>A browser of his own, signed in.</summary>
    internal async Task<Person> SignInAsync(Actor actor, int width = 1440)
    {
        var person = await OpenAsync(width);
        await person.Page.GotoAsync("/account/sign-in");
        await person.Page.GetByLabel("账号").FillAsync(actor.UserId);
        await person.Page.GetByLabel("密码").FillAsync(PortalFixture.Password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await person.Page.WaitForURLAsync(new Uri(Line.Address, "/").ToString());
        return person with { Actor = actor };
    }

    /// <summary>A browser of nobody's; it says where it is if somebody asks and he lets it.</summary>
    internal async Task<Person> OpenAsync(int width = 1440, bool runsScripts = true, Geolocation? place = null)
    {
        var browser = await Chromium.LaunchAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Line.Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
            Locale = "zh-CN",
            HasTouch = width < 500,
            IsMobile = width < 500,
            JavaScriptEnabled = runsScripts,
            Geolocation = place,
            Permissions = place is null ? [] : ["geolocation"],
        });
        context.SetDefaultTimeout(15_000);
        _contexts.Add(context);
        return new Person(await context.NewPageAsync(), null);
    }

    /// <summary>Plays a scene; if it fails, what everybody saw at that moment lies in artifacts/failures.</summary>
    public async Task PlayAsync(Func<Task> scene)
    {
        try
        {
            await scene();
        }
        catch
        {
            var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "failures")).FullName;
            var name = TestContext.Current.TestMethod?.MethodName ?? "scene";
            foreach (var (page, at) in _contexts.SelectMany(context => context.Pages).Select((page, at) => (page, at)))
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{at}.png") });
            }

            throw;
        }
        finally
        {
            await SendHomeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await SendHomeAsync();
        await Portal.DisposeAsync();
        Line.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SendHomeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        _contexts.Clear();
    }

    private void Start(DateTimeOffset now)
    {
        Portal = new Server(_folder, CircuitLife, Line.Address, KeepsLog);
        Portal.Clock.Set(now);
        Portal.UseKestrel(0);
        Portal.StartServer();
        Line.Target = new IPEndPoint(IPAddress.Loopback, Portal.ClientOptions.BaseAddress.Port);
    }

    internal sealed class Server : PortalFixture
    {
        private readonly TimeSpan _circuitLife;
        private readonly Uri _address;

        public Server(string folder, TimeSpan circuitLife, Uri address, bool keepsLog)
            : base(folder) => (_circuitLife, _address, KeepsLog) = (circuitLife, address, keepsLog);

        protected override bool KeepsLog { get; }

        protected override IEnumerable<(string Key, string Value)> Settings =>
            [("Circuits:Retention", _circuitLife.ToString()), ("Portal:PublicAddress", _address.ToString())];
    }
}

/// <summary>Somebody at a browser.</summary>
internal sealed record Person(IPage Page, Actor? Actor)
{
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Text(string text) => Page.GetByText(text);

    public ILocator Talk => Page.Locator("ol.talk:not(.outbox)");

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = false }).First.FillAsync(text);

    public Task ChooseAsync(string label, string option) => Page.GetByLabel(label).First.SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Finds a matter by a few words, and chooses it.</summary>
    public async Task ChooseMatterAsync(string words, string matter)
    {
        await FillAsync("问题分类", words);
        await Page.GetByRole(AriaRole.Radio, new() { Name = matter }).First.CheckAsync();
    }

    /// <summary>Waits until the page is alive: before that a click falls on a picture of it.</summary>
    public Task ReadyAsync() => Page.Locator("main[data-live=yes]").WaitForAsync();

    public async Task OpenRoomAsync(Guid whistle)
    {
        await GoAsync($"/whistles/{whistle}");
        await Page.Locator("[data-composer-ready]").WaitForAsync();
    }

    public async Task SayAsync(string text)
    {
        await Page.GetByLabel("发言").FillAsync(text);
        await Button("发送").ClickAsync();
    }

    public Task HearsAsync(string text) => Talk.GetByText(text, new() { Exact = true }).WaitForAsync();
}

/// <summary>One Chromium for all tests; every person has a context of his own in it.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> s_browser = new(async () =>
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    });

    public static string? Path => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public static Task<IBrowser> LaunchAsync()
    {
        Assert.SkipWhen(Path is null, "Chromium is not installed.");
        return s_browser.Value;
    }
}
