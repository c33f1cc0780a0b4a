using System.Globalization;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Web.Localization;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Components.Pages.Foreseen;

/// <summary>Days and seasons as a page says them.</summary>
internal static class SeasonText
{
    public static string Of(Season season, IStringLocalizer<Texts> texts)
    {
        var begin = season.BeginFrom(new DateOnly(2026, 12, 31));
        return texts["{0}至{1}", Of(begin, texts), Of(begin.AddDays(season.Days - 1), texts)];
    }

    public static string Of(DateOnly day, IStringLocalizer<Texts> texts) => texts["{0}月{1}日", day.Month, day.Day];

    /// <summary>还有3天, 今天, 已过2天.</summary>
    public static string Left(DateOnly day, DateOnly today, IStringLocalizer<Texts> texts) => (day.DayNumber - today.DayNumber) switch
    {
        0 => texts["今天"],
        > 0 and var left => texts["还有{0}天", left],
        var left => texts["已过{0}天", -left],
    };

    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
