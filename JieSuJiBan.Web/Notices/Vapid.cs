using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Hosting;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>By what push services know the portal (RFC 8292): a key that is made once and lies with the others, and a token for each service.</summary>
public sealed class Vapid(IOptions<StorageOptions> storage, IHostEnvironment environment, IOptions<PortalOptions> portal, TimeProvider time) : IDisposable
{
    // A day at most, says the RFC; half of it, and clocks may differ.
    private static readonly TimeSpan s_life = TimeSpan.FromHours(12);

    private readonly Lazy<ECDsa> _key = new(() =>
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(KeyFile.ReadOrMake(Path.Combine(environment.ContentRootPath, storage.Value.Folder, "keys"), "vapid.key", Make), out _);
        return key;
    });

    /// <summary>What a browser subscribes with, base64url.</summary>
    public string PublicKey => Base64Url.EncodeToString(PushCipher.Point.Write(_key.Value.ExportParameters(false)));

    public string HeaderFor(Uri endpoint) => Header(_key.Value, endpoint, Contact, time.GetUtcNow() + s_life);

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    internal static string Header(ECDsa key, Uri endpoint, string contact, DateTimeOffset expires)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { aud = endpoint.GetLeftPart(UriPartial.Authority), exp = expires.ToUnixTimeSeconds(), sub = contact }));
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256);
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={Base64Url.EncodeToString(PushCipher.Point.Write(key.ExportParameters(false)))}";
    }

    private string Contact => portal.Value.PublicAddress is { Scheme: "https" } address ? address.AbsoluteUri : $"mailto:postmaster@{portal.Value.PublicAddress.Host}";

    private static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}
