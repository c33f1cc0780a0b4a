using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace JieSuJiBan.Web.Accounts;

/// <summary>What sets a cookie is a form post and not a circuit's affair: sign-out, the post one acts as, the language.</summary>
public static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/account").AddEndpointFilter(RefuseForgeriesAsync);
        group.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        group.MapPost("/post", SwitchPostAsync).RequireAuthorization();
        group.MapPost("/language", SetLanguage).AllowAnonymous();
    }

    private static async ValueTask<object?> RefuseForgeriesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest();

    private static async Task<RedirectHttpResult> SignOutAsync(SignInManager<PortalUser> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(AccountServices.SignInPath);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> SwitchPostAsync([FromForm] Guid post, [FromForm] string? back, HttpContext http, PostBook posts)
    {
        if (posts.PostsOf(http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "").All(held => held.Id != post))
        {
            return TypedResults.NotFound();
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, InPost(http.User, post));
        return TypedResults.LocalRedirect(Local(back));
    }

    /// <summary>
    /// When the post he acted as is no more, for instance one that he was lent until now, he goes on in one of his own. False if
    /// there is none, or if something else than the post keeps him out.
    /// </summary>
    internal static async Task<bool> ReturnToOwnPostAsync(HttpContext http, PostBook posts)
    {
        if (posts.Find(http.User) is not null
            || posts.PostsOf(http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "") is not [var own, ..]
            || InPost(http.User, own.Id) is var principal && posts.Find(principal) is null)
        {
            return false;
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal);
        return true;
    }

    private static ClaimsPrincipal InPost(ClaimsPrincipal user, Guid post)
    {
        var identity = new ClaimsIdentity(user.Claims.Where(claim => claim.Type != PortalClaims.Post), IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(PortalClaims.Post, post.ToString()));
        return new ClaimsPrincipal(identity);
    }

    private static RedirectHttpResult SetLanguage([FromForm] string culture, [FromForm] string? back, HttpContext http)
    {
        http.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture == "en" ? "en" : "zh-CN")),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps });
        return TypedResults.LocalRedirect(Local(back));
    }

    /// <summary>An address that somebody else may have written, if it leads to a page of the portal; else its first page.</summary>
    internal static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Any(letter => letter == '\\' || char.IsControl(letter)) ? path : "/";
}
