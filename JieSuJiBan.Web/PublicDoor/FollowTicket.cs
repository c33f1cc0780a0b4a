using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>
/// Lets a browser that has shown a code go on without it for an hour, so that neither number nor code stands in an address.
/// Right after a report it also carries the code to the page that shows it.
/// </summary>
public sealed class FollowTickets(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private const string Cookie = "jsjb-follow";

    private readonly IDataProtector _protector = protection.CreateProtector("public-door.ticket.v1");

    public void Issue(HttpContext http, Guid caseId, string? code = null)
    {
        var ticket = JsonSerializer.Serialize(new FollowTicket(caseId, code, time.GetUtcNow() + Life));
        http.Response.Cookies.Append(Cookie, _protector.Protect(ticket), Options(http));
    }

    public FollowTicket? Find(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            var ticket = JsonSerializer.Deserialize<FollowTicket>(_protector.Unprotect(text));
            return ticket?.Until > time.GetUtcNow() ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;  // not one of ours, or of a key that is gone
        }
    }

    public static void Withdraw(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(http));

    private static CookieOptions Options(HttpContext http) =>
        new() { Path = PublicEndpoints.Door, HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true };
}

public sealed record FollowTicket(Guid CaseId, string? Code, DateTimeOffset Until);
