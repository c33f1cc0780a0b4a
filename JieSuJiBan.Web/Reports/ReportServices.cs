using JieSuJiBan.Web.Log;

namespace JieSuJiBan.Web.Reports;

public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddOptions<PdfOptions>().BindConfiguration(PdfOptions.Section).ValidateOnStart();
        services.AddSingleton<Story>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<SealBook>();
        services.AddSingleton<FormDesk>();
        services.AddSingleton<PdfPrinter>();
        services.AddSingleton<PdfReports>();
        services.AddSingleton<FileKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<FileKeeper>());
        return services;
    }
}
