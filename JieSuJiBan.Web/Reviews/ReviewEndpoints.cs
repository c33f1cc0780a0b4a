using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace JieSuJiBan.Web.Reviews;

public static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/reviews/{id:guid}/record.pdf", DrawAsync).RequireAuthorization(Policies.HandleCases);

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(Guid id, HttpContext http, ReviewRecords records, PostBook posts)
    {
        if (posts.Find(http.User) is not { } actor || await records.ReadAsync(id, actor, http.RequestAborted) is not { } record)
        {
            return TypedResults.NotFound();
        }

        try
        {
            var bytes = await records.DrawAsync(record, http.RequestAborted);
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName($"{record.Review.Number}纪要.pdf");
            http.Response.Headers.ContentDisposition = disposition.ToString();
            http.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(bytes, "application/pdf");
        }
        catch (ChromiumMissingException)
        {
            return TypedResults.Problem("服务器没有安装Chromium，暂时不能生成PDF；可以打开纪要页面，用浏览器打印。", statusCode: StatusCodes.Status503ServiceUnavailable, type: "pdf.no-chromium");
        }
    }
}
