using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Firms;

public static class FirmServices
{
    public static IServiceCollection AddFirms(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadFirms());
        services.AddSingleton<FirmMonths>();
        services.AddSingleton<FirmRegisterDesk>();
        services.AddSingleton<FirmListDesk>();
        services.AddSingleton<FirmPrints>();
        return services;
    }
}
