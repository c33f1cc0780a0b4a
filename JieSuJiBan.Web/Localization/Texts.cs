using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Time;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Localization;

/// <summary>The portal's texts. The Chinese text is the key; English comes from the resource beside this file.</summary>
public sealed class Texts;

public static class TextExtensions
{
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The sentence of a refusal, in the reader's language.</summary>
    public static string In(this Refusal refusal, IStringLocalizer<Texts> texts) =>
        !IsEnglish ? refusal.Chinese : refusal.English.Contains(' ', StringComparison.Ordinal) ? refusal.English : texts[refusal.Chinese];

    /// <summary>The glossary's word for a value.</summary>
    public static string Of(this IStringLocalizer<Texts> texts, Enum value) => texts[value.Word()];

    public static string In(this TimeLimit limit, IStringLocalizer<Texts> texts) =>
        IsEnglish ? string.Create(CultureInfo.InvariantCulture, $"{limit.Count} {texts.Of(limit.Unit)}") : limit.ToString();
}

public static class LocalizationServices
{
    private static readonly string[] s_cultures = ["zh-CN", "en"];

    public static IServiceCollection AddPortalLocalization(this IServiceCollection services) => services.AddLocalization();

    // Only the cookie chooses: an official's browser often claims English, and his work is in Chinese.
    public static void UsePortalLocalization(this WebApplication app)
    {
        var options = new RequestLocalizationOptions().SetDefaultCulture(s_cultures[0]).AddSupportedCultures(s_cultures).AddSupportedUICultures(s_cultures);
        options.RequestCultureProviders = [.. options.RequestCultureProviders.OfType<Microsoft.AspNetCore.Localization.CookieRequestCultureProvider>()];
        app.UseRequestLocalization(options);
    }
}
