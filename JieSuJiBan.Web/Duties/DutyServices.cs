namespace JieSuJiBan.Web.Duties;

public static class DutyServices
{
    public static IServiceCollection AddDuties(this IServiceCollection services)
    {
        services.AddSingleton<DutyBook>();
        services.AddSingleton<DutyDesk>();
        services.AddSingleton<DutyChanges>();
        services.AddSingleton<DutySheet>();
        services.AddSingleton<DutyImport>();
        return services;
    }
}
