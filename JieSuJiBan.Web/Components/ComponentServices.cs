using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using Radzen;

namespace JieSuJiBan.Web.Components;

public sealed class CircuitLifeOptions
{
    public const string Section = "Circuits";

    /// <summary>How long the server keeps a page whose line is cut. After that the page reloads and catches up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How many such pages it keeps at most.</summary>
    [Range(0, 10_000)]
    public int MaxRetained { get; set; } = 500;
}

public static class ComponentServices
{
    /// <summary>A long demand in Chinese is some 60 KB; Blazor's 32 KB would close the circuit over it.</summary>
    private const int MaxMessage = 256 * 1024;

    public static IServiceCollection AddPortalComponents(this IServiceCollection services)
    {
        services.AddOptions<CircuitLifeOptions>().BindConfiguration(CircuitLifeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CircuitOptions>().Configure<IOptions<CircuitLifeOptions>>((circuits, life) =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = life.Value.Retention;
            circuits.DisconnectedCircuitMaxRetained = life.Value.MaxRetained;
        });

        services.AddRadzenComponents();

        // Chinese stays Chinese in the page's source, and a third as long as its character references.
        services.AddWebEncoders(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(options =>
            {
                options.MaximumReceiveMessageSize = MaxMessage;

                // The page notices within seconds that the server is gone; the server is patient with a tab in the background,
                // whose timers the browser lets fire once a minute.
                options.KeepAliveInterval = TimeSpan.FromSeconds(2);
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
