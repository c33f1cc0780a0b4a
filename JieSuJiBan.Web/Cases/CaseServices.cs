using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Cases;

public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadTimes());
        services.AddSingleton(RuleBook.ReadSafetyWords());
        services.AddSingleton<TraceKey>();
        services.AddSingleton(RuleBook.ReadQuickWords());
        services.AddSingleton<PetitionerVault>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<CaseWordsWriter>();
        services.AddSingleton<SearchKeeper>();
        services.AddSingleton<CaseList>();
        services.AddSingleton<ReportedList>();
        return services;
    }
}
