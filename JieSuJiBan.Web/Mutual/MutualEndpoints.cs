using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Mutual;

public static class MutualEndpoints
{
    public static void MapMutual(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/assessment").RequireAuthorization(Policies.Supervision).RequireRateLimiting(ReportEndpoints.PrintLimit).MapGet("/mutual.xlsx", Export);

    private static Results<PushStreamHttpResult, NotFound> Export(HttpContext http, MutualSheet sheet, PostBook posts, string? month, UnitKind? kind)
    {
        if (posts.Find(http.User) is not { } actor || !Month.TryParse(month, out var chosen))
        {
            return TypedResults.NotFound();
        }

        var shown = kind is UnitKind.Street or UnitKind.Enterprise ? kind.Value : UnitKind.Department;
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(stream => sheet.WriteAsync(stream, actor, chosen, shown, http.RequestAborted), SheetWriter.ContentType, $"双考评月报{chosen}.xlsx");
    }
}
