using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>
/// When a form was handed out, sealed. Nobody has written a report three seconds later; a program has. A stamp never grows too old:
/// a report may lie on a phone for days before the line is back.
/// </summary>
public sealed class FormStamp(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Quickest = TimeSpan.FromSeconds(3);

    private readonly IDataProtector _protector = protection.CreateProtector("public-door.stamp.v1");

    public string Issue() => _protector.Protect(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public bool IsOldEnough(string stamp)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(_protector.Unprotect(stamp), CultureInfo.InvariantCulture)) + Quickest <= time.GetUtcNow();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
