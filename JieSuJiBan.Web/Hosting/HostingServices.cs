using System.Threading.RateLimiting;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Reports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;

namespace JieSuJiBan.Web.Hosting;

public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>Where officers reach the portal, e.g. https://jsjb.bjpg.example. Printed into the QR code of a case file.</summary>
    public Uri PublicAddress { get; set; } = new("http://localhost:5080");

    /// <summary>Further origins whose pages may open a WebSocket, beside the portal's own.</summary>
    public List<string> AllowedOrigins { get; set; } = [];

    /// <summary>Proxies in front of the portal whose X-Forwarded headers are believed.</summary>
    public List<string> TrustedProxies { get; set; } = [];
}

public static class HostingServices
{
    /// <summary>The limit on posts of the sign-in form.</summary>
    public const string SignInLimit = "sign-in";

    public static void AddPortalHosting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddProblemDetails();

        // The keys guard the petitioners' identities for as long as cases are kept: they lie with the data and are backed up with it.
        services.AddDataProtection()
            .SetApplicationName("JieSuJiBan")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(builder.StorageFolder(), "keys")));

        services.AddAntiforgery(options => options.HeaderName = "X-Antiforgery");
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInLimit, http => PerMinute(Household.Of(http), HttpMethods.IsPost(http.Request.Method) ? 30 : int.MaxValue));
            options.AddPolicy(ReportEndpoints.PrintLimit, http => PerMinute(http.User.Identity?.Name, 60));
            options.AddPolicy(FileEndpoints.UploadLimit, http => PerMinute(http.User.Identity?.Name, 120));
        });

        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            var portal = builder.Configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
            portal.TrustedProxies.ForEach(proxy => options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy)));
        });
    }

    public static void UsePortalHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginCheck>();

        // People get a page; programs get the bare status.
        app.UseWhen(
            http => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
    }

    private static RateLimitPartition<string> PerMinute(string? who, int limit) => limit == int.MaxValue
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetFixedWindowLimiter(who ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) });
}
