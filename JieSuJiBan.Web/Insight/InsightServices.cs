using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Insight;

public static class InsightServices
{
    public static IServiceCollection AddInsight(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadInsight());
        services.AddSingleton<InsightBook>();
        services.AddSingleton<FlowBook>();
        services.AddSingleton<ScreenBook>();
        services.AddSingleton<AnalysisWriter>();
        services.AddSingleton<AnalysisDesk>();
        services.AddSingleton<RepeatDesk>();
        services.AddSingleton<ObjectionBook>();
        services.AddSingleton(TileMap.Read());
        return services;
    }
}
