namespace JieSuJiBan.Web.Dispatch;

public static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.AddSingleton<TriageBook>();
        services.AddSingleton<PolicyDesk>();
        services.AddSingleton<CrowdDesk>();
        services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Gazetteer>();
        services.AddSingleton<MatchBook>();
        services.AddSingleton<Orders>();
        services.AddSingleton<SimilarTexts>();
        services.AddHostedService(provider => provider.GetRequiredService<SimilarTexts>());
        services.AddSingleton<Repeats>();
        services.AddSingleton<CrowdWatch>();
        services.AddSingleton<Undispatched>();
        services.AddSingleton<DispatchRecord>();
        services.AddSingleton<CrowdList>();
        services.AddSingleton<Lookout>();
        services.AddHostedService(provider => provider.GetRequiredService<Lookout>());
        return services;
    }
}
