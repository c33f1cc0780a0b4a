using System.Security.Claims;
using JieSuJiBan.Web.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Accounts;

/// <summary>Once a minute asks the database whether the person behind a long-lived page is still who he was: stamp, lock-out, post.</summary>
internal sealed class RevalidatingPosts(
    ILoggerFactory loggers, IDbContextFactory<PortalDbContext> databases, IOptions<IdentityOptions> options, PostBook posts, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        var id = user.FindFirstValue(options.Value.ClaimsIdentity.UserIdClaimType);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(stored => stored.Id == id, cancellationToken);
        return account is not null
            && account.SecurityStamp == user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType)
            && !(account.LockoutEnd > time.GetUtcNow())
            && posts.Find(user) is not null;
    }
}
