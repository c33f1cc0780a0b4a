using System.Globalization;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Intake;

/// <summary>A time as exports write it, in Beijing: 2026-03-02 09:15:00, 2026/3/2 9:15, 2026年3月2日9时15分, 20260302091500, 46083.385.</summary>
internal static partial class SourceTime
{
    public static DateTimeOffset? Read(string text)
    {
        text = text.Narrow().Trim();
        if (Written().Match(text) is { Success: true } written)
        {
            return At(Part(written, 1), Part(written, 2), Part(written, 3), Part(written, 4), Part(written, 5), Part(written, 6));
        }

        if (Packed().Match(text) is { Success: true } packed)
        {
            return At(Part(packed, 1), Part(packed, 2), Part(packed, 3), Part(packed, 4), Part(packed, 5), Part(packed, 6));
        }

        if (Zoned().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var zoned))
        {
            return zoned.ToUniversalTime();
        }

        // A day number that lost its format; 1990 to 2100.
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is > 32_874 and < 73_051
            ? Beijing(new DateTime(1899, 12, 30).AddSeconds(Math.Round(days * 86_400)))
            : null;
    }

    public static string Write(DateTimeOffset at) => at.ToOffset(WorkCalendar.Beijing).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTimeOffset? At(int year, int month, int day, int hour, int minute, int second) =>
        year is >= 1990 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? Beijing(new DateTime(year, month, day, hour, minute, second))
            : null;

    private static DateTimeOffset Beijing(DateTime local) => new DateTimeOffset(local, WorkCalendar.Beijing).ToUniversalTime();

    private static int Part(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](?:(\d{1,2})[:分]?(?:(\d{1,2})(?:\.\d+)?秒?)?)?)?$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Zoned();

    [GeneratedRegex(@"^(\d{4})(\d\d)(\d\d)\s?(?:(\d\d)(\d\d)(\d\d)?)?$")]
    private static partial Regex Packed();
}
