using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Foreseen;

public static class ForeseenEndpoints
{
    public static void MapForeseen(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/foreseen").RequireAuthorization(Policies.Officer);
        group.MapGet("/export.xlsx", ExportAsync);
        group.MapGet("/default.xlsx", Default).RequireAuthorization(Policies.KeepForeseen);
    }

    /// <summary>The list as it is filtered on the page, whole.</summary>
    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(
        HttpContext http, ForeseenList list, ForeseenSheet sheet, PostBook posts, string? q, string? unit, string? state)
    {
        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        var problems = await list.AllAsync(actor, ForeseenFilter.Of(q, unit, state, null), http.RequestAborted);
        return File("预判日历.xlsx", sheet, problems.Select(problem => problem.Terms), http.RequestAborted);
    }

    /// <summary>What a district can start from: to be gone through, and imported.</summary>
    private static Results<PushStreamHttpResult, NotFound> Default(HttpContext http, ForeseenSheet sheet, PostBook posts) =>
        posts.Find(http.User) is { } actor ? File("默认预判日历.xlsx", sheet, DefaultForeseen.For(actor.Unit.District), http.RequestAborted) : TypedResults.NotFound();

    private static PushStreamHttpResult File(string name, ForeseenSheet sheet, IEnumerable<ForeseenTerms> problems, CancellationToken cancellationToken) =>
        TypedResults.Stream(stream => sheet.WriteAsync(stream, problems, cancellationToken), SheetWriter.ContentType, name);
}
