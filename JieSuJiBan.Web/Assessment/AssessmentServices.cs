using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Assessment;

public static class AssessmentServices
{
    public static IServiceCollection AddAssessment(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadScheme());
        services.AddSingleton<SchemeBook>();
        services.AddSingleton<SchemeDesk>();
        services.AddSingleton<RankingTables>();
        services.AddSingleton<RankingCases>();
        services.AddSingleton<RankingDesk>();
        services.AddSingleton<PublishedList>();
        services.AddSingleton<RankingPrints>();
        return services;
    }
}
