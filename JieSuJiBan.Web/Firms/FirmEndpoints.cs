using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Components.Pages.Firms;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace JieSuJiBan.Web.Firms;

public static class FirmEndpoints
{
    public static void MapFirms(this IEndpointRouteBuilder routes) => routes.MapGroup("/firms").RequireAuthorization(Policies.KeepFirms).RequireRateLimiting(ReportEndpoints.PrintLimit)
        .MapGet("/lists/{id:guid}/letters/{no:int}.pdf", DrawLetterAsync);

    /// <summary>The letter that tells a firm of its entry and until when it may say its side.</summary>
    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawLetterAsync(
        Guid id, int no, HttpContext http, FirmListDesk desk, UnitBook units, PdfReports pdf, PostBook posts)
    {
        if (posts.Find(http.User) is not { } actor || await desk.FindAsync(id, actor, http.RequestAborted) is not { ReplyBy: not null } list || list.Entries.FirstOrDefault(entry => entry.No == no) is not { } entry)
        {
            return TypedResults.NotFound();
        }

        try
        {
            var name = $"{list.Month}告知书-{entry.No}";
            var bytes = await pdf.DrawAsync<FirmLetterDocument>(name, new() { ["List"] = list, ["Entry"] = entry, ["Office"] = units.Name(list.District) }, http.RequestAborted);
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName($"{name}.pdf");
            http.Response.Headers.ContentDisposition = disposition.ToString();
            http.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.File(bytes, "application/pdf");
        }
        catch (ChromiumMissingException)
        {
            return TypedResults.Problem("服务器没有安装Chromium，暂时不能生成PDF。", statusCode: StatusCodes.Status503ServiceUnavailable, type: "pdf.no-chromium");
        }
    }
}
