using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace JieSuJiBan.Web.Access;

/// <summary>What one may not see does not exist: 404, never 403. Somebody with an initial password is sent to change it first.</summary>
internal sealed class NotFoundInsteadOfForbidden : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            return _usual.HandleAsync(next, context, policy, authorizeResult);
        }

        if (context.User.HasClaim(claim => claim.Type == PortalClaims.MustChangePassword) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(AccountServices.PasswordPath);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }
}
