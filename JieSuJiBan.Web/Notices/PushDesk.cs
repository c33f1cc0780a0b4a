using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>Which browsers want to be told, and telling them.</summary>
public sealed class PushDesk(IDbContextFactory<PortalDbContext> databases, Courier courier, Vapid vapid, IOptions<NoticeOptions> notices, IOptions<WebhookOptions> webhooks, Feed feed, TimeProvider time)
{
    private const int MostBrowsers = 10;

    private static readonly Refusal s_wrong = new("push.wrong", "这个浏览器的推送信息不完整。", "What this browser says of its push service is incomplete.");

    // Nobody waits for yesterday's emergency.
    private static readonly TimeSpan s_life = TimeSpan.FromDays(1);

    /// <summary>A browser has one owner: whoever signed in there last and asked for it.</summary>
    public async Task<Outcome> SubscribeAsync(string endpoint, string publicKey, string auth, Actor by)
    {
        if (endpoint.Length > PushSubscription.MaxEndpoint || !Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || !MayBePushedTo(url)
            || Read(publicKey, PushSubscription.PublicKeyLength) is not { } point || Read(auth, PushSubscription.AuthLength) is not { } secret || !IsOnCurve(point))
        {
            return s_wrong;
        }

        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync();
        if (await db.PushSubscriptions.SingleOrDefaultAsync(one => one.Endpoint == endpoint) is { } known)
        {
            (known.UserId, known.PublicKey, known.Auth) = (user, point, secret);
        }
        else
        {
            var others = await db.PushSubscriptions.Where(one => one.UserId == user).OrderByDescending(one => one.Id).Skip(MostBrowsers - 1).ToListAsync();
            db.PushSubscriptions.RemoveRange(others);
            db.PushSubscriptions.Add(new PushSubscription { UserId = user, Endpoint = endpoint, PublicKey = point, Auth = secret, CreatedAt = time.GetUtcNow() });
        }

        await db.SaveChangesAsync();
        await feed.PublishAsync(Topic.Notices(user));
        return Outcome.Done;
    }

    /// <summary>One browser of his, or all.</summary>
    public async Task<Outcome> DropAsync(string? endpoint, Actor by)
    {
        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync();
        await db.PushSubscriptions.Where(one => one.UserId == user && (endpoint == null || one.Endpoint == endpoint)).ExecuteDeleteAsync();
        await feed.PublishAsync(Topic.Notices(user));
        return Outcome.Done;
    }

    public async Task<int> CountAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.PushSubscriptions.CountAsync(one => one.UserId == user, cancellationToken);
    }

    internal async Task<Arrival> SendAsync(PushSubscription browser, Letter letter, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new { id = letter.Id, title = letter.Title, text = letter.Text, link = letter.Link, emergency = letter.IsEmergency });
        var endpoint = new Uri(browser.Endpoint);
        if (!MayBePushedTo(endpoint))
        {
            return Arrival.No;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(PushCipher.Encrypt(text, browser.PublicKey, browser.Auth)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.Add("TTL", ((int)s_life.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", letter.IsEmergency ? "high" : "normal");
        request.Headers.TryAddWithoutValidation("Authorization", vapid.HeaderFor(endpoint));

        var answered = await courier.CarryAsync(request, cancellationToken);
        return answered.IsTaken ? Arrival.Taken
            : answered.Status is 404 or 410 ? Arrival.Gone
            : answered.IsNo || answered.Fault == DeliveryFault.ForbiddenAddress ? Arrival.No
            : Arrival.Later;
    }

    // The courier calls nobody in the inner network but those whom the administrator allows, and of those only push services.
    private bool MayBePushedTo(Uri endpoint) => WebhookOptions.Names(notices.Value.PushHosts, endpoint.IdnHost, endpoint.Port)
        || (endpoint.Scheme == Uri.UriSchemeHttps && !webhooks.Value.Allows(endpoint.IdnHost, endpoint.Port));

    private static byte[]? Read(string text, int length)
    {
        var bytes = new byte[length];
        return text.Length < 200 && Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _) ? bytes : null;
    }

    private static bool IsOnCurve(byte[] point)
    {
        try
        {
            using var key = ECDiffieHellman.Create(PushCipher.Point.Read(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
