using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Log;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.EndToEnd;

/// <summary>The server's process is killed in the middle of a room's talk. What it had acknowledged is there afterwards.</summary>
public sealed class CrashTests(LivePortal portal) : IClassFixture<LivePortal>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKilledServer_HasKeptEverythingItAcknowledged()
    {
        var whistle = await portal.Portal.ConferAsync();
        await portal.StopAsync();

        var acknowledged = await TalkUntilKilledAsync(portal.Portal.Folder, whistle);

        portal.Start();
        var said = (await portal.Portal.Get<LogBook>().ReadAfterAsync(whistle, 0, 10_000, Stop)).Select(entry => entry.Event).OfType<MessagePosted>().Select(message => message.Text).ToList();
        Assert.True(acknowledged.Count >= 100, $"{acknowledged.Count} acknowledged");
        Assert.Empty(acknowledged.Except(said));
        Assert.Equal(said.Count, said.Distinct().Count());
        Assert.Empty((await portal.Portal.Get<LogVerifier>().VerifyAsync(Stop)).Broken);
    }

    private static async Task<IReadOnlyCollection<string>> TalkUntilKilledAsync(string folder, Guid whistle)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var server = Start(folder, address);
        try
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false };
            using var browser = new HttpClient(handler) { BaseAddress = address };
            await Eventually.IsTrueAsync(() => IsUp(browser), Stop, TimeSpan.FromSeconds(60));
            using var signedIn = await browser.FillInAsync(
                "/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.User"] = Energy.UserId, ["Input.Password"] = PortalFixture.Password });
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

            await using var hub = await HubClient.ConnectAsync(
                new Uri($"ws://127.0.0.1:{address.Port}/hubs/whistles"), [("Cookie", handler.CookieContainer.GetCookieHeader(address))], Stop);
            var acknowledged = new ConcurrentBag<string>();
            var talking = Enumerable.Range(0, 8).Select(person => TalkAsync(hub, whistle, person, acknowledged)).ToList();
            await Eventually.IsTrueAsync(() => acknowledged.Count >= 100, Stop, TimeSpan.FromSeconds(30));
            server.Kill();
            await Task.WhenAll(talking);
            return acknowledged;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Stop);
        }
    }

    private static async Task TalkAsync(HubClient hub, Guid whistle, int person, ConcurrentBag<string> acknowledged)
    {
        for (var n = 0; ; n++)
        {
            var text = $"第{person}人第{n}句";
            try
            {
                if ((await hub.InvokeAsync("Post", Stop, whistle, $"{person}-{n}", text)).GetProperty("result").GetProperty("done").GetBoolean())
                {
                    acknowledged.Add(text);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException)
            {
                return;  // the server is gone
            }
        }
    }

    private static Process Start(string folder, Uri address)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(built.Parent!.Parent!.FullName, "JieSuJiBan.Web", built.Name, "JieSuJiBan.Web.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Storage__Folder"] = folder;
        start.Environment["Demo__Enabled"] = "false";
        start.Environment["Pdf__KeepWarm"] = "false";
        var server = Process.Start(start)!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static bool IsUp(HttpClient browser)
    {
        try
        {
            using var health = browser.GetAsync(new Uri("/health", UriKind.Relative), Stop).GetAwaiter().GetResult();
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
