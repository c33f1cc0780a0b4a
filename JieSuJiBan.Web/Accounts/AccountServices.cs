using System.Globalization;
using System.Security.Claims;
using JieSuJiBan.Web.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Accounts;

public static class AccountServices
{
    public const string SignInPath = "/account/sign-in";
    public const string PasswordPath = "/account/password";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<PostBook>();
        services.AddSingleton<RecentPasswords>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<DelegationDesk>();
        services.AddScoped<AuthenticationStateProvider, RevalidatingPosts>();
        services.AddCascadingAuthenticationState();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<PortalUser>(options =>
            {
                options.Password.RequiredLength = 10;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PostClaims>()
            .AddErrorDescriber<ChineseIdentityErrors>()
            .AddDefaultTokenProviders();

        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            options.OnRefreshingPrincipal = KeepSessionClaims;
        });

        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "jsjb";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = SignInPath;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = AskToSignIn;
        });

        return services;
    }

    // Only a page a person opens is answered with the sign-in form; programs are told 401.
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    // The principal is made anew from the account every minute; the post he acts as and the time of his sign-in belong to the session.
    private static Task KeepSessionClaims(SecurityStampRefreshingPrincipalContext context)
    {
        var fresh = (ClaimsIdentity)context.NewPrincipal!.Identity!;
        foreach (var type in new[] { PortalClaims.Post, PortalClaims.SignedIn, PortalClaims.Session })
        {
            if (context.CurrentPrincipal?.FindFirst(type) is { } kept)
            {
                fresh.FindAll(type).ToList().ForEach(fresh.RemoveClaim);
                fresh.AddClaim(new Claim(type, kept.Value));
            }
        }

        return Task.CompletedTask;
    }

    private sealed class PostClaims(UserManager<PortalUser> users, IOptions<IdentityOptions> options, PostBook posts, TimeProvider time)
        : UserClaimsPrincipalFactory<PortalUser>(users, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            identity.AddClaim(new Claim(PortalClaims.SignedIn, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new Claim(PortalClaims.Session, Guid.NewGuid().ToString("N")));
            if (posts.PostsOf(user.Id) is [var first, ..])
            {
                identity.AddClaim(new Claim(PortalClaims.Post, first.Id.ToString()));
            }

            if (user.MustChangePassword)
            {
                identity.AddClaim(new Claim(PortalClaims.MustChangePassword, "yes"));
            }

            return identity;
        }
    }
}
