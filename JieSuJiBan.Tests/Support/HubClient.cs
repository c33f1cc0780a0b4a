using System.Net.WebSockets;
using System.Text.Json;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Tests.Support;

/// <summary>
/// Speaks SignalR's JSON protocol over a web socket: handshake, invocations out, invocations in. One reader sorts what arrives into
/// answers and calls, so that many invocations can be under way at once.
/// </summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const byte End = 0x1e;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly System.Threading.Channels.Channel<JsonElement> _calls = System.Threading.Channels.Channel.CreateUnbounded<JsonElement>();
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    private HubClient(WebSocket socket) => _socket = socket;

    /// <summary>Is told of every call as it arrives, in place of <see cref="NextCallAsync"/>; set it before anything is watched.</summary>
    public Action<JsonElement>? OnCall { get; set; }

    /// <summary>To the portal in memory.</summary>
    public static async Task<HubClient> ConnectAsync(PortalFixture portal, string path, Actor actor, CancellationToken cancellationToken, string? origin = null)
    {
        var sockets = portal.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            request.Headers["X-Test-Actor"] = actor.UserId;
            if (origin is not null)
            {
                request.Headers.Origin = origin;
            }
        };
        return await GreetAsync(await sockets.ConnectAsync(new Uri($"ws://localhost{path}"), cancellationToken), cancellationToken);
    }

    /// <summary>To a portal that listens on a port.</summary>
    public static async Task<HubClient> ConnectAsync(Uri address, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        await socket.ConnectAsync(address, cancellationToken);
        return await GreetAsync(socket, cancellationToken);
    }

    /// <summary>The whole completion message: <c>result</c> or <c>error</c>.</summary>
    public async Task<JsonElement> InvokeAsync(string method, CancellationToken cancellationToken, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = 1, invocationId = id, target = method, arguments }, s_json), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public async Task<JsonElement> NextCallAsync(CancellationToken cancellationToken) => await _calls.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // It was closed from the other side.
        }

        await _reading;
        _socket.Dispose();
    }

    private static async Task<HubClient> GreetAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var client = new HubClient(socket);
        await client.SendAsync("{\"protocol\":\"json\",\"version\":1}"u8.ToArray(), cancellationToken);
        var greeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client._reading = client.ReadAsync(greeted);
        await greeted.Task.WaitAsync(cancellationToken);
        return client;
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync((byte[])[.. message, End], WebSocketMessageType.Text, true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync(TaskCompletionSource greeted)
    {
        var (buffer, filled) = (new byte[16384], 0);
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                filled += (await _socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None)).Count;
                var start = 0;
                for (int end; (end = buffer.AsSpan(start, filled - start).IndexOf(End)) >= 0; start += end + 1)
                {
                    if (!greeted.TrySetResult())
                    {
                        Sort(JsonDocument.Parse(buffer.AsSpan(start, end).ToArray()).RootElement);
                    }
                }

                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            greeted.TrySetException(exception);
        }
        finally
        {
            _calls.Writer.TryComplete();
            foreach (var asked in _asked.Values)
            {
                asked.TrySetCanceled();
            }
        }
    }

    private void Sort(JsonElement message)
    {
        switch (message.GetProperty("type").GetInt32())
        {
            case 1:
                if (OnCall is null)
                {
                    _calls.Writer.TryWrite(message);
                }

                OnCall?.Invoke(message);
                break;
            case 3 when _asked.TryRemove(message.GetProperty("invocationId").GetString()!, out var asked):
                asked.SetResult(message);
                break;
        }
    }
}
