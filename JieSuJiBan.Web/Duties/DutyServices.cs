namespace JieSuJiBan.Web.Duties;

public static class DutyServices
{
    public static IServiceCollection AddDuties(this IServiceCollection services)
    {
        services.AddSingleton<DutyBook>();
        services.AddSingleton<DutyDesk>();
        return services;
    }
}
