using System.ComponentModel.DataAnnotations;

namespace JieSuJiBan.Web.Notices;

public sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>Whether this node sends. Notices are written down and shown in the portal either way.</summary>
    public bool Send { get; set; } = true;

    /// <summary>How often it is decided which ways new notices go. More of one kind within this time are one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>More than so many of one kind at once are summed up in one.</summary>
    [Range(1, 100)]
    public int SumUpOver { get; set; } = 5;

    /// <summary>An emergency that nobody in the unit has seen goes to the deputy after this time.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan DeputyAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long notices are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3660.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(180);

    /// <summary>
    /// Push services inside one's own network, as host or host:port. They must be among Webhooks:AllowedHosts, too: whoever may
    /// subscribe a browser must not reach what was allowed for others.
    /// </summary>
    public List<string> PushHosts { get; set; } = [];

    /// <summary>The gateway for 政务微信 or SMS that is posted each notice as JSON. Empty: none.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>What its messages are signed with, as those of the webhooks are.</summary>
    public string GatewaySecret { get; set; } = "";
}

public static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton<NoticePlanner>();
        services.AddSingleton<NoticeLetters>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<Gateway>();
        services.AddSingleton<Vapid>();
        services.AddSingleton<PushDesk>();
        services.AddSingleton<NoticeSender>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeSender>());
        return services;
    }
}
