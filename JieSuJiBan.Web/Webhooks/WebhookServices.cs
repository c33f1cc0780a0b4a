using System.ComponentModel.DataAnnotations;

namespace JieSuJiBan.Web.Webhooks;

public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether this node sends. What is to be sent is written down either way.</summary>
    public bool Send { get; set; } = true;

    /// <summary>How often it looks for what failed before, and for subscriptions made on another node.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the list of delivered messages is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "366.00:00:00")]
    public TimeSpan KeepDelivered { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Hosts that may be called whatever their address, and without TLS: receivers in the government's own network, as host or
    /// host:port. Every other host must be public and speak https.
    /// </summary>
    public List<string> AllowedHosts { get; set; } = [];

    public bool Allows(string host, int port) => Names(AllowedHosts, host, port);

    internal static bool Names(List<string> hosts, string host, int port) =>
        hosts.Exists(allowed => allowed.Equals(host, StringComparison.OrdinalIgnoreCase) || allowed.Equals($"{host}:{port}", StringComparison.OrdinalIgnoreCase));
}

public static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookBook>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Courier>();
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
        return services;
    }
}
