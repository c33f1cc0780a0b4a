using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Hosting;

/// <summary>
/// A browser sends the officer's cookie with a WebSocket that any page opens, and no same-origin rule stops it; so the page's origin
/// must be ours. Programs that are not browsers send no origin and bring no foreign page with them.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, IOptions<PortalOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext http)
    {
        var isSocket = http.WebSockets.IsWebSocketRequest
            || http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            || http.Request.Path.StartsWithSegments("/hubs")
            || http.Request.Path.StartsWithSegments("/_blazor");
        var origin = http.Request.Headers.Origin.ToString();
        if (!isSocket || origin.Length == 0 || origin.Equals($"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase) || _allowed.Contains(origin))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
