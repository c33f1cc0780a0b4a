namespace JieSuJiBan.Web.Demo;

public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Fills an empty database with an invented 平谷区, and shows its password on the sign-in page. Never in production.</summary>
    public bool Enabled { get; set; }

    /// <summary>The one password of all demo officers.</summary>
    public string Password { get; set; } = "pinggu-2026";
}

public static class DemoServices
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section).ValidateOnStart();
        services.AddSingleton<DemoCity>();
        return services;
    }
}
