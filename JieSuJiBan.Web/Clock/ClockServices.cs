namespace JieSuJiBan.Web.Clock;

public static class ClockServices
{
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
        services.AddOptions<ClockOptions>().BindConfiguration(ClockOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PlanBook>();
        services.AddSingleton<PlanDesk>();
        services.AddSingleton<PortalClock>();
        services.AddHostedService(provider => provider.GetRequiredService<PortalClock>());
        return services;
    }
}
