using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Cases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace JieSuJiBan.Web.Reports;

public static class ReportEndpoints
{
    /// <summary>How often somebody may have something drawn: the server draws two at a time.</summary>
    public const string PrintLimit = "print";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/cases/{id:guid}").RequireAuthorization(Policies.HandleCases).RequireRateLimiting(PrintLimit);
        group.MapGet("/report.pdf", MaskedAsync);
        group.MapPost("/report.pdf", FullAsync);  // reading it in full is written down, so it is no GET
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> MaskedAsync(
        Guid id, HttpContext http, ReportDesk reports, PdfReports pdf, PostBook posts)
    {
        return posts.Find(http.User) is { } actor && await reports.ReadMaskedAsync(id, actor, http.RequestAborted) is { } report
            ? await DrawAsync(report, pdf, http)
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> FullAsync(
        Guid id, [FromForm] string purpose, HttpContext http, ReportDesk reports, PdfReports pdf, PostBook posts)
    {
        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        var (report, outcome) = await reports.ReadFullAsync(id, purpose, actor, http.RequestAborted);
        return outcome.Refusal == CaseDesk.Unknown ? TypedResults.NotFound()
            : outcome.Refusal is { } refusal ? TypedResults.Problem(refusal.Chinese, statusCode: StatusCodes.Status409Conflict, type: refusal.Code)
            : await DrawAsync(report!, pdf, http);
    }

    private static Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(CaseReport report, PdfReports pdf, HttpContext http) =>
        http.PrintAsync(
            $"{report.File.Number}案卷{(report.IsMasked ? "（脱敏）" : "")}", async () => (await pdf.DrawAsync(report, http.RequestAborted)).Pdf,
            "；可以打开案卷页面，用浏览器打印");
}
