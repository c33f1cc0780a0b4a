using System.ComponentModel.DataAnnotations;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;
using Microsoft.AspNetCore.RateLimiting;

namespace JieSuJiBan.Web.PublicDoor;

public sealed class PublicDoorOptions
{
    public const string Section = "PublicDoor";

    /// <summary>Whether citizens find the public door (民意直通车) at /public.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The code of the district whose door it is.</summary>
    public string District { get; set; } = "110117";

    /// <summary>Reports and additions that one address may send in an hour. Phones of one network may share an address.</summary>
    [Range(1, 100_000)]
    public int ReportsPerHour { get; set; } = 60;

    /// <summary>Follow-up codes that one address may try in a minute.</summary>
    [Range(1, 10_000)]
    public int TriesPerMinute { get; set; } = 10;

    internal OrgPath DistrictPath => BeijingDivisions.City.Child(District);
}

public static class PublicDoorServices
{
    public static IServiceCollection AddPublicDoor(this IServiceCollection services)
    {
        services.AddOptions<PublicDoorOptions>().BindConfiguration(PublicDoorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<RateLimiterOptions>(options => options
            .AddPolicy<string, ReportLimit>(ReportLimit.Name)
            .AddPolicy<string, TryLimit>(TryLimit.Name));
        services.AddSingleton<FollowLock>();
        services.AddSingleton<FollowTickets>();
        services.AddSingleton<FormStamp>();
        services.AddSingleton<PhotoIntake>();
        services.AddSingleton<PublicDesk>();
        services.AddTransient<CitizenStory>();
        return services;
    }
}
