namespace JieSuJiBan.Web.Log;

public static class LogServices
{
    public static IServiceCollection AddLog(this IServiceCollection services)
    {
        services.AddSingleton<Realtime.Feed>();
        services.AddSingleton<LogBook>();
        services.AddSingleton<LogVerifier>();
        return services;
    }
}
