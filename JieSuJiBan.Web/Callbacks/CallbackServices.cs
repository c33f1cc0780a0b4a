namespace JieSuJiBan.Web.Callbacks;

public static class CallbackServices
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<CallbackMessageWriter>();
        services.AddSingleton<CallbackPlanDesk>();
        services.AddSingleton<CallbackTurns>();
        services.AddSingleton<CallList>();
        services.AddSingleton<ContestList>();
        services.AddSingleton<CallbackRound>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackRound>());
        return services;
    }
}
