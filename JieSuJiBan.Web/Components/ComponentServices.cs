using System.Text.Encodings.Web;
using System.Text.Unicode;
using Radzen;

namespace JieSuJiBan.Web.Components;

public static class ComponentServices
{
    /// <summary>A long demand in Chinese is some 60 KB; Blazor's 32 KB would close the circuit over it.</summary>
    private const int MaxMessage = 256 * 1024;

    public static IServiceCollection AddPortalComponents(this IServiceCollection services)
    {
        services.AddRadzenComponents();

        // Chinese stays Chinese in the page's source, and a third as long as its character references.
        services.AddWebEncoders(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorComponents()
            .AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitMaxRetained = 500;
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            })
            .AddHubOptions(options =>
            {
                options.MaximumReceiveMessageSize = MaxMessage;

                // The page notices within seconds that the server is gone; the server is patient with a tab in the background,
                // whose timers the browser lets fire once a minute.
                options.KeepAliveInterval = TimeSpan.FromSeconds(5);
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(100);
            });
        return services;
    }

    public static void MapPortalComponents(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);  // SecurityHeaders says it, and more
    }
}
