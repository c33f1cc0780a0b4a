namespace JieSuJiBan.Tests.Bench;

/// <summary>The portal among so many cases, the pages that are measured there, and whoever uses them signed in.</summary>
internal sealed class BenchYear : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _clients = [];
    private readonly Dictionary<string, BenchPage> _pages;

    private BenchYear(int size, SeededPortal portal, IReadOnlyList<BenchPage> pages)
    {
        (Size, Portal, Names) = (size, portal, [.. pages.Select(page => page.Name)]);
        _pages = pages.ToDictionary(page => page.Name);
    }

    public int Size { get; }

    public SeededPortal Portal { get; }

    public IReadOnlyList<string> Names { get; }

    public static async Task<BenchYear> OpenAsync(int size, string folder, bool listens)
    {
        var portal = new SeededPortal(folder);
        var pages = await PageList.OfAsync(portal);
        await portal.SettleAsync();
        portal.Statements.IsListening = listens;
        return new(size, portal, pages);
    }

    public BenchPage Page(string name) => _pages[name];

    public async Task<HttpClient> SignedInForAsync(string name)
    {
        var user = Page(name).User;
        if (!_clients.TryGetValue(user, out var client))
        {
            _clients[user] = client = await Portal.SignInAsAsync(user);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await Portal.DisposeAsync();
    }
}
