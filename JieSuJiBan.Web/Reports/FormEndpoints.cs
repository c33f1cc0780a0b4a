using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Components.Pages.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace JieSuJiBan.Web.Reports;

/// <summary>The forms as PDF, for whoever may see the page they belong to.</summary>
public static class FormEndpoints
{
    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.HandleCases).RequireRateLimiting(ReportEndpoints.PrintLimit);
        group.MapGet("/supervision/{id:guid}/form.pdf", (Guid id, HttpContext http, FormDesk forms, PdfReports pdf, PostBook posts) =>
            DrawAsync(http, posts, pdf, by => forms.ReadOrderAsync(id, by, http.RequestAborted)));
        group.MapGet("/cases/{id:guid}/dispatch.pdf", (Guid id, HttpContext http, FormDesk forms, PdfReports pdf, PostBook posts) =>
            DrawAsync(http, posts, pdf, by => forms.ReadDispatchAsync(id, by, http.RequestAborted)));
        group.MapGet("/cases/{id:guid}/instructions/{no:int}.pdf", (Guid id, int no, HttpContext http, FormDesk forms, PdfReports pdf, PostBook posts) =>
            DrawAsync(http, posts, pdf, by => forms.ReadCaseInstructionAsync(id, no, by, http.RequestAborted)));
        group.MapGet("/whistles/{id:guid}/instructions/{no:int}.pdf", (Guid id, int no, HttpContext http, FormDesk forms, PdfReports pdf, PostBook posts) =>
            DrawAsync(http, posts, pdf, by => forms.ReadInstructionAsync(id, no, by, http.RequestAborted)));
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(
        HttpContext http, PostBook posts, PdfReports pdf, Func<Actor, Task<PrintedForm?>> read)
    {
        if (posts.Find(http.User) is not { } actor || await read(actor) is not { } form)
        {
            return TypedResults.NotFound();
        }

        try
        {
            var bytes = await pdf.DrawAsync<PrintedFormDocument>($"{form.Name} {form.Number}", new() { [nameof(PrintedFormDocument.Form)] = form }, http.RequestAborted);
            var disposition = new ContentDispositionHeaderValue("inline");
            disposition.SetHttpFileName($"{form.Name}{form.Number}.pdf");
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
