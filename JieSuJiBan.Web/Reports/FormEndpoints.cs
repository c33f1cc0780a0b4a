using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Components.Pages.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

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
        HttpContext http, PostBook posts, PdfReports pdf, Func<Actor, Task<PrintedForm?>> read) =>
        posts.Find(http.User) is { } actor && await read(actor) is { } form
            ? await http.PrintAsync(
                $"{form.Name}{form.Number}",
                () => pdf.DrawAsync<PrintedFormDocument>($"{form.Name} {form.Number}", new() { [nameof(PrintedFormDocument.Form)] = form }, http.RequestAborted))
            : TypedResults.NotFound();
}
