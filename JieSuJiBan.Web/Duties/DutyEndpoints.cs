using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Duties;

public static class DutyEndpoints
{
    public static void MapDuties(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/duties").RequireAuthorization(Policies.Officer);
        group.MapGet("/export.xlsx", Export);
        group.MapGet("/default.xlsx", Default).RequireAuthorization(Policies.KeepDuties);
    }

    /// <summary>The list as it is filtered on the page, whole.</summary>
    private static Results<PushStreamHttpResult, NotFound> Export(
        HttpContext http, DutyBook book, DutySheet sheet, PostBook posts, string? q, string? area, string? unit, string? scope, string? state) =>
        posts.Find(http.User) is { } actor
            ? File("职责清单.xlsx", sheet, book.All(actor.Unit.District, DutyFilter.Of(q, area, unit, scope, state, null)).Select(line => line.Terms), http.RequestAborted)
            : TypedResults.NotFound();

    /// <summary>What a district without a list can start from: to be gone through, and imported.</summary>
    private static Results<PushStreamHttpResult, NotFound> Default(HttpContext http, DutySheet sheet, PostBook posts, TimeRules rules) =>
        posts.Find(http.User) is { } actor
            ? File("默认职责清单.xlsx", sheet, DefaultDuties.For(actor.Unit.District, rules), http.RequestAborted)
            : TypedResults.NotFound();

    private static PushStreamHttpResult File(string name, DutySheet sheet, IEnumerable<DutyTerms> duties, CancellationToken cancellationToken) =>
        TypedResults.Stream(stream => sheet.WriteAsync(stream, duties, cancellationToken), SheetWriter.ContentType, name);
}
