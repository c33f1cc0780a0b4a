using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JieSuJiBan.Tests.Support;

/// <summary>Another system that listens, on a port of this machine; the test says what it answers.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public sealed record Heard(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        public string Event => Headers["X-Jsjb-Event"];
    }

    public ConcurrentQueue<Heard> Messages { get; } = [];

    /// <summary>What it answers; 204 unless told otherwise.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http =>
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public int Status
    {
        set => Answer = http =>
        {
            http.Response.StatusCode = value;
            return Task.CompletedTask;
        };
    }

    public string Url => $"{_app.Urls.First()}/hook";

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.HearAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HearAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Messages.Enqueue(new Heard(http.Request.Path, await reader.ReadToEndAsync(http.RequestAborted), http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
        await Answer(http);
    }
}
