using JieSuJiBan.Domain;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Supervision;

public static class SupervisionEndpoints
{
    public static void MapSupervision(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/supervision").RequireAuthorization(Policies.Supervision);
        group.MapGet("/ledger.xlsx", ExportLedger);
    }

    /// <summary>The book as it is filtered on the page, whole.</summary>
    private static Results<PushStreamHttpResult, NotFound> ExportLedger(HttpContext http, LedgerSheet sheet, PostBook posts, LedgerBook? book, bool? open)
    {
        if (posts.Find(http.User) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        var filter = new LedgerFilter(book is { } named && Enum.IsDefined(named) ? named : LedgerBook.TwiceNo, open ?? false);
        return TypedResults.Stream(stream => sheet.WriteAsync(stream, actor, filter, http.RequestAborted), SheetWriter.ContentType, $"{filter.Book.Word()}台账.xlsx");
    }
}
