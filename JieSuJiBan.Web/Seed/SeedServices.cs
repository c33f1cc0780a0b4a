namespace JieSuJiBan.Web.Seed;

public static class SeedServices
{
    public static IServiceCollection AddSeed(this IServiceCollection services)
    {
        services.AddSingleton<SeedAccounts>();
        services.AddSingleton<SeedCity>();
        return services;
    }
}
