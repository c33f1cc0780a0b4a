using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace JieSuJiBan.Web.Files;

public static class FileEndpoints
{
    public const string UploadLimit = "uploads";

    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/files").RequireAuthorization(Policies.HandleCases);
        group.MapPost("/", UploadAsync).RequireRateLimiting(UploadLimit).DisableAntiforgery();  // the token comes in a header and is checked below
        group.MapGet("/{id:guid}", DownloadAsync);
    }

    /// <summary>What the page needs to show an upload before it is sent.</summary>
    public sealed record Uploaded(Guid Id, string Name, string ContentType, long Size, int? Width, int? Height);

    private static async Task<Results<Ok<Uploaded>, ProblemHttpResult, NotFound, BadRequest>> UploadAsync(
        HttpContext http, FileStore files, PostBook posts, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        // The body is the file itself and its name a header: nothing is parsed before its size is known to be bearable.
        var name = Uri.UnescapeDataString(http.Request.Headers["X-File-Name"].ToString());
        var (file, outcome) = await files.SaveAsync(name, http.Request.Body, actor, http.RequestAborted);
        return outcome.Refusal is { } refusal
            ? TypedResults.Problem(refusal.Chinese, statusCode: StatusCodes.Status422UnprocessableEntity, type: refusal.Code, extensions: [new("english", refusal.English)])
            : TypedResults.Ok(new Uploaded(file!.Id, file.Name, file.ContentType, file.Size, file.Width, file.Height));
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> DownloadAsync(Guid id, HttpContext http, FileStore files, PostBook posts)
    {
        if (posts.Find(http.User) is not { } actor || await files.FindAsync(id, actor, http.RequestAborted) is not { } file)
        {
            return TypedResults.NotFound();
        }

        // Images are shown in place; everything else is saved, never run in the portal's origin.
        var disposition = new ContentDispositionHeaderValue(FileKind.IsImage(file.ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(files.Open(file), file.ContentType, lastModified: file.UploadedAt, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""));
    }
}
