using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace JieSuJiBan.Web.Access;

/// <summary>
/// What one may not see does not exist: 404, never 403. Somebody with an initial password is sent to change it first; somebody whose
/// post has just ended goes on in another.
/// </summary>
internal sealed class NotFoundInsteadOfForbidden(PostBook posts) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var isPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (isPage && context.User.HasClaim(claim => claim.Type == PortalClaims.MustChangePassword))
        {
            context.Response.Redirect(AccountServices.PasswordPath);
        }
        else if (isPage && await AccountEndpoints.ReturnToOwnPostAsync(context, posts))
        {
            context.Response.Redirect("/");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
