using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JieSuJiBan.Tests.Bench;

/// <summary>The limit of the wire: a SignalR group that passes on what it gets, with no rights, no rules and no storage.</summary>
internal static class BareRoom
{
    public const string Path = "/bare";

    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<BareHub>(Path);
        await app.StartAsync();
        return app;
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private sealed class BareHub : Hub
    {
        // The size of what the portal sends for a message.
        private static readonly JsonElement s_entry = JsonSerializer.SerializeToElement(new
        {
            at = DateTimeOffset.UnixEpoch,
            name = "李晓禾",
            unit = "110/d.117/110117101",
            unitName = "马坊镇人民政府",
            type = "message-posted",
            key = Guid.Empty,
        });

        public Task Watch(Guid whistle, int after) => Groups.AddToGroupAsync(Context.ConnectionId, "room");

        public Task Post(Guid whistle, string key, string text) => Clients.Group("room").SendAsync("Grown", whistle, new object[] { new { @event = new { text }, s_entry } });
    }
}
