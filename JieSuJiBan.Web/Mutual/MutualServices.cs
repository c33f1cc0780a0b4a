using JieSuJiBan.Web.Rules;

namespace JieSuJiBan.Web.Mutual;

public static class MutualServices
{
    public static IServiceCollection AddMutual(this IServiceCollection services)
    {
        services.AddSingleton(RuleBook.ReadMutual());
        services.AddSingleton<MutualDesk>();
        services.AddSingleton<MutualReport>();
        services.AddSingleton<MutualList>();
        services.AddSingleton<MutualSheet>();
        return services;
    }
}
