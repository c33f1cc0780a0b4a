using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Reviews;

public static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reviews/{id:guid}/record.pdf", DrawAsync).RequireAuthorization(Policies.HandleCases);

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(Guid id, HttpContext http, ReviewRecords records, PostBook posts) =>
        posts.Find(http.User) is { } actor && await records.ReadAsync(id, actor, http.RequestAborted) is { } record
            ? await http.PrintAsync($"{record.Review.Number}纪要", () => records.DrawAsync(record, http.RequestAborted), "；可以打开纪要页面，用浏览器打印")
            : TypedResults.NotFound();
}
