namespace JieSuJiBan.Web.Home;

public static class HomeServices
{
    public static IServiceCollection AddHome(this IServiceCollection services)
    {
        services.AddSingleton<Waiting>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<UnitRecords>();
        services.AddSingleton<ProposedText>();
        services.AddSingleton<Alarms>();
        return services;
    }
}
