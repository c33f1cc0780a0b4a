using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Supervision;

public static class SupervisionServices
{
    public static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadSupervision());
        services.AddSingleton<RuledOrders>();
        services.AddSingleton<SupervisionDesk>();
        services.AddSingleton<SupervisionList>();
        services.AddSingleton<OrderWordsWriter>();
        services.AddSingleton<LedgerList>();
        services.AddSingleton<LedgerSheet>();
        return services;
    }
}
