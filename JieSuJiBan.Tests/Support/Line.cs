using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JieSuJiBan.Tests.Support;

/// <summary>
/// The line between browsers and the server. Cut: connections break and new ones are refused, as when a server is gone. Silent:
/// nothing passes and nobody is told, as when a phone loses its network or sleeps.
/// </summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private volatile bool _isSilent;
    private volatile TaskCompletionSource _passing = Passing();

    public Line()
    {
        _listener.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The server; nobody answers without one.</summary>
    public IPEndPoint? Target { get; set; }

    public void Cut()
    {
        var target = Target;
        Target = null;
        foreach (var socket in _open.Keys)
        {
            socket.LingerState = new LingerOption(true, 0);  // a reset, not a farewell
            socket.Close();
        }

        _held = target;
    }

    public void Silence()
    {
        _passing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isSilent = true;
    }

    /// <summary>The line is back. What was open while it was silent stays dead, as behind a new address.</summary>
    public void Restore()
    {
        Target ??= _held;
        if (_isSilent)
        {
            _isSilent = false;
            foreach (var socket in _open.Keys)
            {
                _dead[socket] = 0;
            }

            _passing.TrySetResult();
        }
    }

    private readonly ConcurrentDictionary<Socket, byte> _dead = new();
    private IPEndPoint? _held;

    public void Dispose()
    {
        _listener.Stop();
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    private static TaskCompletionSource Passing()
    {
        var passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        passing.SetResult();
        return passing;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        _open[near] = 0;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await _passing.Task;
            if (_dead.ContainsKey(near))
            {
                await Task.Delay(Timeout.Infinite);  // was opened into the silence
            }

            if (Target is not { } target)
            {
                near.LingerState = new LingerOption(true, 0);
                near.Close();
                return;
            }

            near.NoDelay = far.NoDelay = true;
            await far.ConnectAsync(target);
            await Task.WhenAny(PassAsync(near, far, near), PassAsync(far, near, near));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // One of the two ends is gone.
        }
        finally
        {
            _open.TryRemove(near, out _);
            near.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to, Socket near)
    {
        var buffer = new byte[65536];
        for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
        {
            if (_isSilent || _dead.ContainsKey(near))
            {
                await Task.Delay(Timeout.Infinite);  // swallowed: neither end hears of it
            }

            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
    }
}
