namespace JieSuJiBan.Web.Intake;

public static class IntakeServices
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<OrderDesk>();
        services.AddSingleton<Importer>();
        services.AddSingleton<ImportLine>();
        services.AddSingleton<ImportDesk>();
        services.AddSingleton<ImportSheet>();
        services.AddSingleton<WatchedFolder>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportLine>());
        services.AddHostedService(provider => provider.GetRequiredService<WatchedFolder>());
        return services;
    }
}
