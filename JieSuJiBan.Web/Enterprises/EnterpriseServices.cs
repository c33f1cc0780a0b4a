namespace JieSuJiBan.Web.Enterprises;

public static class EnterpriseServices
{
    public static IServiceCollection AddEnterprises(this IServiceCollection services)
    {
        services.AddSingleton<EnterpriseCases>();
        services.AddSingleton<EnterpriseBook>();
        services.AddSingleton<EnterpriseReportDesk>();
        services.AddSingleton<EnterpriseReportList>();
        services.AddSingleton<EnterprisePrints>();
        return services;
    }
}
