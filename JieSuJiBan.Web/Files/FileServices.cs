namespace JieSuJiBan.Web.Files;

public static class FileServices
{
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileStore>();
        services.AddHostedService<FileSweeper>();
        return services;
    }
}
