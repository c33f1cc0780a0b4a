using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Notices;

/// <summary>What a browser's script tells of its push subscription.</summary>
public static class NoticeEndpoints
{
    private const int MaxBody = 8 * 1024;

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/account/push").RequireAuthorization(Access.Policies.Officer).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBody));
        group.MapPost("/", SubscribeAsync).DisableAntiforgery();  // the token comes in a header and is checked below
        group.MapPost("/drop", DropAsync).DisableAntiforgery();
    }

    /// <summary>As <c>PushSubscription.toJSON()</c> writes it.</summary>
    public sealed record Subscription(string Endpoint, SubscriptionKeys? Keys);

    public sealed record SubscriptionKeys(string P256dh, string Auth);

    private static async Task<Results<NoContent, BadRequest, NotFound, ProblemHttpResult>> SubscribeAsync(
        Subscription told, HttpContext http, PushDesk desk, PostBook posts, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        var outcome = await desk.SubscribeAsync(told.Endpoint ?? "", told.Keys?.P256dh ?? "", told.Keys?.Auth ?? "", actor);
        return outcome.Refusal is { } refusal
            ? TypedResults.Problem(refusal.Chinese, statusCode: StatusCodes.Status422UnprocessableEntity, type: refusal.Code, extensions: [new("english", refusal.English)])
            : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, BadRequest, NotFound>> DropAsync(Subscription told, HttpContext http, PushDesk desk, PostBook posts, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        await desk.DropAsync(told.Endpoint ?? "", actor);
        return TypedResults.NoContent();
    }
}
