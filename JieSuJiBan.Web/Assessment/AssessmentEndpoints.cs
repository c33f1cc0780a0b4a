using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Assessment;

public static class AssessmentEndpoints
{
    public static void MapAssessment(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/rankings").RequireAuthorization(Policies.SeeRankings).RequireRateLimiting(ReportEndpoints.PrintLimit);
        group.MapGet("/table.xlsx", (HttpContext http, RankingPrints prints, PostBook posts, RankingList list, Period at) =>
            ExportAsync(http, posts, by => prints.ReadLiveAsync(list, at, by, http.RequestAborted)));
        group.MapGet("/table.pdf", (HttpContext http, RankingPrints prints, PostBook posts, RankingList list, Period at) =>
            DrawAsync(http, prints, posts, by => prints.ReadLiveAsync(list, at, by, http.RequestAborted)));
        group.MapGet("/{id:guid}/table.xlsx", (HttpContext http, RankingPrints prints, PostBook posts, Guid id, int? edition) =>
            ExportAsync(http, posts, by => prints.ReadAsync(id, edition, by, http.RequestAborted)));
        group.MapGet("/{id:guid}/table.pdf", (HttpContext http, RankingPrints prints, PostBook posts, Guid id, int? edition) =>
            DrawAsync(http, prints, posts, by => prints.ReadAsync(id, edition, by, http.RequestAborted)));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(HttpContext http, PostBook posts, Func<Actor, Task<RankingPrint?>> read)
    {
        if (posts.Find(http.User) is not { } actor || await read(actor) is not { } print)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(stream => RankingPrints.WriteSheetAsync(stream, print, http.RequestAborted), SheetWriter.ContentType, $"{print.Title}.xlsx");
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(HttpContext http, RankingPrints prints, PostBook posts, Func<Actor, Task<RankingPrint?>> read) =>
        posts.Find(http.User) is { } actor && await read(actor) is { } print
            ? await http.PrintAsync(print.Title, () => prints.DrawAsync(print, http.RequestAborted), "；可以导出Excel")
            : TypedResults.NotFound();
}
