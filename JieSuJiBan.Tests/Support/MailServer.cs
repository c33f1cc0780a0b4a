using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace JieSuJiBan.Tests.Support;

/// <summary>A mail server on a port of this machine that speaks as much SMTP as takes a message; the test says what it answers.</summary>
internal sealed partial class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    public MailServer()
    {
        _listener.Start();
        _listening = ListenAsync();
    }

    public sealed record Mail(string To, string Id, string Subject, string Body);

    public ConcurrentQueue<Mail> Mails { get; } = [];

    /// <summary>What it answers to a recipient: 250 takes him, 4xx not now, 5xx never.</summary>
    public Func<string, int> Answer { get; set; } = _ => 250;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.UTF8))
        await using (var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true })
        {
            try
            {
                await writer.WriteLineAsync("220 here");
                for (var to = ""; await reader.ReadLineAsync(_stop.Token) is { } line;)
                {
                    switch (line.Split(' ', ':')[0].ToUpperInvariant())
                    {
                        case "RCPT":
                            to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                            await writer.WriteLineAsync($"{Answer(to)} so");
                            break;
                        case "DATA":
                            await writer.WriteLineAsync("354 go on");
                            Mails.Enqueue(await ReadAsync(to, reader));
                            await writer.WriteLineAsync("250 taken");
                            break;
                        case "QUIT":
                            await writer.WriteLineAsync("221 bye");
                            return;
                        default:
                            await writer.WriteLineAsync("250 well");
                            break;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The other side has gone.
            }
        }
    }

    private async Task<Mail> ReadAsync(string to, StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line).Append('\n');
        }

        var parts = text.ToString().Split("\n\n", 2);
        var head = Folded().Replace(parts[0], " ");
        return new Mail(
            to, Id().Match(head).Groups[1].Value,
            string.Concat(Encoded().Matches(Subject().Match(head).Value).Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)))),
            Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\n", "", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex("(?im)^Message-ID: (.*)$")]
    private static partial Regex Id();

    [GeneratedRegex("(?im)^Subject: .*$")]
    private static partial Regex Subject();

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();
}
