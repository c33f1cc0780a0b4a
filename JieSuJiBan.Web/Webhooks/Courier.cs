using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>What became of one try.</summary>
public sealed record Answered(DeliveryFault? Fault, int? Status)
{
    public bool IsTaken => Fault is null;

    /// <summary>The receiver heard it and said no; that there was trouble at his side, he would say otherwise.</summary>
    public bool IsNo => Fault == DeliveryFault.Refused && Status is >= 300 and < 500 and not (408 or 425 or 429);
}

/// <summary>
/// Carries a message to its receiver and nowhere else: the address is looked at when the connection is made, so no name can resolve
/// to another one in between; no redirect is followed, no proxy asked, no cookie kept, and of the answer only the status is read.
/// </summary>
public sealed class Courier : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public Courier(IOptions<WebhookOptions> options, TimeProvider time)
        : this(options, time, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="resolve">How a name becomes addresses; tests have names of their own.</param>
    internal Courier(IOptions<WebhookOptions> options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_options, _time) = (options.Value, time);
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                ConnectTimeout = TimeSpan.FromSeconds(5),
                MaxResponseHeadersLength = 16,
                MaxResponseDrainSize = 4096,
                ResponseDrainTimeout = TimeSpan.FromSeconds(1),
                ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, resolve, cancellationToken),
            })
        {
            Timeout = Patience,
        };
    }

    public async Task<Answered> SendAsync(Uri url, string secret, Delivery delivery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("X-Jsjb-Event", delivery.Event);
        request.Headers.Add("X-Jsjb-Delivery", delivery.Id.ToString());
        request.Headers.Add("X-Jsjb-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Jsjb-Signature", Sign(secret, timestamp, delivery.Body));
        return await CarryAsync(request, cancellationToken);
    }

    /// <summary>Carries whatever is addressed to somebody outside.</summary>
    internal async Task<Answered> CarryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        if (url.Scheme != Uri.UriSchemeHttps && !_options.Allows(url.IdnHost, url.Port))
        {
            return new Answered(DeliveryFault.ForbiddenAddress, null);
        }

        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("JieSuJiBan", "1"));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Answered(response.IsSuccessStatusCode ? null : DeliveryFault.Refused, (int)response.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            return new Answered(exception.InnerException is ForbiddenAddressException ? DeliveryFault.ForbiddenAddress : DeliveryFault.Unreachable, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answered(DeliveryFault.Timeout, null);
        }
    }

    /// <summary>HMAC-SHA256 over the time, a dot and the body: neither can be changed, so a receiver who looks at the time takes no old message again.</summary>
    public static string Sign(string secret, long timestamp, string body) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}"))))}";

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken);

        // One closed address among open ones is a trap, and not a choice.
        if (!_options.Allows(target.Host, target.Port) && !addresses.All(PublicAddress.Is))
        {
            throw new ForbiddenAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ForbiddenAddressException : IOException;
}
