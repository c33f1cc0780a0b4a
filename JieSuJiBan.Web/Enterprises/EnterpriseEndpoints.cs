using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JieSuJiBan.Web.Enterprises;

public static class EnterpriseEndpoints
{
    public static void MapEnterprises(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup($"{EnterpriseLinks.List}/{{key}}").RequireAuthorization(Policies.SeeRankings);
        group.MapGet("/report.pdf", DrawAsync).RequireRateLimiting(ReportEndpoints.PrintLimit);
        group.MapGet("/{no:int}", OpenAsync);
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> DrawAsync(Period key, int? edition, HttpContext http, EnterprisePrints prints, PostBook posts) =>
        posts.Find(http.User) is { } actor && key.Kind == PeriodKind.Month && await prints.ReadAsync(key, edition, actor, http.RequestAborted) is { } print
            ? await http.PrintAsync(print.Title, () => prints.DrawAsync(print, http.RequestAborted))
            : TypedResults.NotFound();

    /// <summary>The cases behind a number of the printed report, by the number that stands beside it there.</summary>
    private static async Task<Results<RedirectHttpResult, NotFound>> OpenAsync(Period key, int no, int? edition, HttpContext http, EnterprisePrints prints, PostBook posts) =>
        posts.Find(http.User) is { } actor && key.Kind == PeriodKind.Month && await prints.ReadAsync(key, edition, actor, http.RequestAborted) is { } print
        && print.Edition.Findings.Numbered().FirstOrDefault(one => one.No == no).Number?.Open(print.Month.Now.Key, actor) is { } address
            ? TypedResults.LocalRedirect(address)
            : TypedResults.NotFound();
}
