namespace JieSuJiBan.Web.Reviews;

public static class ReviewServices
{
    public static IServiceCollection AddReviews(this IServiceCollection services)
    {
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<ReviewFigures>();
        services.AddSingleton<ReviewList>();
        services.AddSingleton<ReviewRecords>();
        return services;
    }
}
