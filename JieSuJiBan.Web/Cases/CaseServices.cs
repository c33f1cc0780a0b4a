using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Cases;

public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadTimes());
        services.AddSingleton(RuleBook.ReadSafetyWords());
        services.AddSingleton<TraceKey>();
        services.AddSingleton<PetitionerVault>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseList>();
        return services;
    }
}
