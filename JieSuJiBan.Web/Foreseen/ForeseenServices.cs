namespace JieSuJiBan.Web.Foreseen;

public static class ForeseenServices
{
    public static IServiceCollection AddForeseen(this IServiceCollection services)
    {
        services.AddSingleton<ForeseenDesk>();
        services.AddSingleton<ForeseenList>();
        services.AddSingleton<ForeseenSheet>();
        services.AddSingleton<ForeseenImport>();
        return services;
    }
}
