using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Firms;

public static class FirmEndpoints
{
    public static void MapFirms(this IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/firms/lists").RequireAuthorization(Policies.ReadFirmLists).RequireRateLimiting(ReportEndpoints.PrintLimit);
        lists.MapGet("/{id:guid}/list.xlsx", ExportAsync);
        lists.MapGet("/{id:guid}/list.pdf", DrawAsync);
        lists.MapGet("/{id:guid}/letters/{no:int}.pdf", DrawLetterAsync).RequireAuthorization(Policies.KeepFirms);
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(Guid id, int? edition, HttpContext http, FirmPrints prints, PostBook posts)
    {
        if (posts.Find(http.User) is not { } actor || await prints.ReadAsync(id, edition, actor, http.RequestAborted) is not { } print)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Stream(stream => FirmPrints.WriteSheetAsync(stream, print, http.RequestAborted), SheetWriter.ContentType, $"{print.Title}.xlsx");
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(Guid id, int? edition, HttpContext http, FirmPrints prints, PostBook posts) =>
        posts.Find(http.User) is { } actor && await prints.ReadAsync(id, edition, actor, http.RequestAborted) is { } print
            ? await http.PrintAsync(print.Title, () => prints.DrawAsync(print, http.RequestAborted))
            : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawLetterAsync(Guid id, int no, HttpContext http, FirmPrints prints, PostBook posts) =>
        posts.Find(http.User) is { } actor && await prints.ReadLetterAsync(id, no, actor, http.RequestAborted) is { } letter
            ? await http.PrintAsync(letter.Title, () => prints.DrawAsync(letter, http.RequestAborted))
            : TypedResults.NotFound();
}
