using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JieSuJiBan.Web.Notices;

namespace JieSuJiBan.Tests.Domain;

/// <summary>Web Push as the RFCs have it, with their own examples.</summary>
public class WebPushTests
{
    [Fact]
    public void Rfc8291_Section5_IsMetByteForByte()
    {
        const string Expected =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        var browser = Read("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        var own = PushCipher.Point.Read(Read("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"));
        own.D = Read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        using var key = ECDiffieHellman.Create(own);

        var message = PushCipher.Encrypt("When I grow up, I want to be a watermelon"u8, browser, Read("BTBZMqHH6r4Tts7J_aSIgg"), key, Read("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(Expected, Base64Url.EncodeToString(message));
    }

    [Fact]
    public void EachMessage_HasItsOwnKey_AndIsNotLongerThanAServiceTakes()
    {
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = PushCipher.Point.Write(browser.ExportParameters(false));
        var longest = new byte[PushCipher.MaxText];

        Assert.Equal(4096, PushCipher.Encrypt(longest, point, new byte[16]).Length);
        Assert.NotEqual(PushCipher.Encrypt("x"u8, point, new byte[16]), PushCipher.Encrypt("x"u8, point, new byte[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PushCipher.Encrypt(new byte[PushCipher.MaxText + 1], point, new byte[16]));
        Assert.ThrowsAny<CryptographicException>(() => PushCipher.Encrypt("x"u8, [4, .. new byte[64]], new byte[16]));
    }

    [Fact]
    public void Rfc8292_Section24_IsVerified_AndOurHeaderHasItsForm()
    {
        const string Example =
            "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var ours = Vapid.Header(key, new Uri("https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"), "mailto:push@example.com", DateTimeOffset.FromUnixTimeSeconds(1453523768));

        var (claims, head) = Verify(ours);
        var (theirClaims, theirHead) = Verify(Example);
        Assert.Equal(theirHead, head);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirClaims), JsonNode.Parse(claims)));
    }

    // What a push service does with the header.
    private static (string Claims, string Head) Verify(string header)
    {
        var parts = header["vapid t=".Length..].Split(", k=");
        var token = parts[0].Split('.');
        using var key = ECDsa.Create(PushCipher.Point.Read(Read(parts[1])));
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Read(token[2]), HashAlgorithmName.SHA256));
        return (Encoding.UTF8.GetString(Read(token[1])), Encoding.UTF8.GetString(Read(token[0])));
    }

    private static byte[] Read(string text) => Base64Url.DecodeFromChars(text);
}
