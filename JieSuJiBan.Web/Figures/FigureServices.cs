namespace JieSuJiBan.Web.Figures;

public static class FigureServices
{
    public static IServiceCollection AddFigures(this IServiceCollection services)
    {
        services.AddSingleton<FigureWriter>();
        services.AddSingleton<FigureBook>();
        services.AddSingleton<FigureCases>();
        services.AddSingleton<FigureKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<FigureKeeper>());
        return services;
    }
}
