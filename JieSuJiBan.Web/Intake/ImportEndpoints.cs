using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Intake;

public static class ImportEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/imports").RequireAuthorization(Policies.ImportCases);
        group.MapPost("/files", BringAsync).RequireRateLimiting(FileEndpoints.UploadLimit).DisableAntiforgery();  // the token comes in a header and is checked below
        group.MapGet("/{id:guid}/rows.xlsx", RowsAsync);
    }

    /// <summary>Where the page goes on with a file that was brought.</summary>
    public sealed record Brought(Guid Id);

    private static async Task<Results<Ok<Brought>, ProblemHttpResult, NotFound, BadRequest>> BringAsync(
        HttpContext http, ImportDesk desk, ImportFiles files, PostBook posts, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        // A little more than may be kept, so that the desk can say in words what is too large.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = files.MaxBytes + (1 << 20);
        }

        var name = Uri.UnescapeDataString(http.Request.Headers["X-File-Name"].ToString());
        var (id, outcome) = await desk.BringAsync(name, http.Request.Body, actor, http.RequestAborted);
        return outcome.Refusal is { } refusal
            ? TypedResults.Problem(refusal.Chinese, statusCode: StatusCodes.Status422UnprocessableEntity, type: refusal.Code, extensions: [new("english", refusal.English)])
            : TypedResults.Ok(new Brought(id));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> RowsAsync(Guid id, ImportResult? result, HttpContext http, ImportDesk desk, ImportSheet sheet, PostBook posts) =>
        posts.Find(http.User) is { } actor && await desk.FindAsync(id, actor, http.RequestAborted) is { } run
            ? TypedResults.Stream(stream => sheet.WriteAsync(stream, id, result, actor, http.RequestAborted), SheetWriter.ContentType, $"{Path.GetFileNameWithoutExtension(run.FileName)}-导入结果.xlsx")
            : TypedResults.NotFound();
}
