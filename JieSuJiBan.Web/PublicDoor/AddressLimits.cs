using System.Threading.RateLimiting;
using JieSuJiBan.Web.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>So many requests of one address in a while; the next is told in plain words to come back later.</summary>
internal abstract class AddressLimit(int permits, TimeSpan window) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => SayLaterAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetSlidingWindowLimiter(
        Household.Of(httpContext),
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = window, SegmentsPerWindow = 6 });

    private async ValueTask SayLaterAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = $"{(int)(window / 6).TotalSeconds}";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync("提交太频繁，请过一会儿再试；急事请拨打12345。\nToo many requests from your network. Please try again later, or call 12345.\n", cancellationToken);
    }
}

internal sealed class ReportLimit(IOptions<PublicDoorOptions> options) : AddressLimit(options.Value.ReportsPerHour, TimeSpan.FromHours(1))
{
    public const string Name = "public-reports";
}

internal sealed class TryLimit(IOptions<PublicDoorOptions> options) : AddressLimit(options.Value.TriesPerMinute, TimeSpan.FromMinutes(1))
{
    public const string Name = "public-tries";
}
