using System.Globalization;
using System.Text;
using System.Text.Json;
using JieSuJiBan.Web.Webhooks;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>
/// Posts notices as JSON to a gateway for 政务微信 or SMS, signed as webhooks are and under the same guard: an address in the inner
/// network must be named in <c>Webhooks:AllowedHosts</c>. The gateway knows by the account's name whom to reach.
/// </summary>
public sealed class Gateway(IOptions<NoticeOptions> options, Courier courier, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    public bool IsOn => Url is not null;

    private Uri? Url => Uri.TryCreate(options.Value.Gateway, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    internal Task<Arrival> SendAsync(string account, Letter letter, CancellationToken cancellationToken) => PostAsync(
        letter.Id, new { letter.Id, To = account, Kind = letter.Kind.ToString(), letter.Title, letter.Text, letter.Link, Emergency = letter.IsEmergency, letter.At }, cancellationToken);

    /// <summary>The same to somebody without an account, by his telephone.</summary>
    internal Task<Arrival> SendAsync(string phone, Guid id, string kind, string title, string text, Uri link, DateTimeOffset at, CancellationToken cancellationToken) =>
        PostAsync(id, new { Id = id, To = phone, Kind = kind, Title = title, Text = text, Link = link.AbsoluteUri, Emergency = false, At = at }, cancellationToken);

    private async Task<Arrival> PostAsync<TMessage>(Guid id, TMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(message, s_json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Jsjb-Delivery", id.ToString());
        request.Headers.Add("X-Jsjb-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Jsjb-Signature", Courier.Sign(options.Value.GatewaySecret, timestamp, body));

        var answered = await courier.CarryAsync(request, cancellationToken);
        return answered.IsTaken ? Arrival.Taken : answered.IsNo ? Arrival.No : Arrival.Later;
    }
}
