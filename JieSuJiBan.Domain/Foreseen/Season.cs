using System.Globalization;
using System.Text.RegularExpressions;

namespace JieSuJiBan.Domain.Foreseen;

/// <summary>
/// A time of the year that comes back every year, from one day to another, perhaps over New Year. Days are counted as in a year of
/// 365; the 29th of February belongs to no season of its own and counts as the 28th.
/// </summary>
public readonly partial record struct Season(int FromDay, int ToDay)
{
    public const int Year = 365;

    /// <summary>What lasts longer is no season; it is two, or no matter of a calendar.</summary>
    public const int MaxDays = 184;

    // The year whose months have their usual length.
    private const int PlainYear = 2026;

    public bool IsValid => FromDay is >= 1 and <= Year && ToDay is >= 1 and <= Year && Days <= MaxDays;

    public int Days => Wrap(ToDay - FromDay) % Year + 1;

    /// <summary>The number of a day within the year, 1 to 365.</summary>
    public static int DayOf(DateOnly date) => date is { Month: 2, Day: 29 } ? 59 : new DateOnly(PlainYear, date.Month, date.Day).DayOfYear;

    public static Season Of(int fromMonth, int fromDay, int toMonth, int toDay) =>
        new(DayOf(new DateOnly(PlainYear, fromMonth, fromDay)), DayOf(new DateOnly(PlainYear, toMonth, toDay)));

    /// <summary>The last day of the season that is running or comes next.</summary>
    public DateOnly EndFrom(DateOnly today) => Next(ToDay, today);

    /// <summary>The first day of that season.</summary>
    public DateOnly BeginFrom(DateOnly today) => Back(EndFrom(today), Days - 1);

    /// <summary>The day that lies <paramref name="offset"/> days after the beginning of that season; before it, if negative.</summary>
    public DateOnly DayAt(int offset, DateOnly today) => Back(EndFrom(today), Days - 1 - offset);

    /// <summary>The same, as the number of a day within the year.</summary>
    public int NumberAt(int offset) => Wrap(FromDay + offset);

    public override string ToString() => $"{Name(FromDay)}至{Name(ToDay)}";

    /// <summary>Reads 11月1日至11月15日, 11-01~11-15, or weeks of <paramref name="year"/>: 第44周至第46周.</summary>
    public static bool TryParse(string? text, int year, out Season season)
    {
        season = default;
        if (DaysText().Match(text ?? "") is { Success: true } days)
        {
            season = TryDay(days.Groups[1], days.Groups[2], out var from) && TryDay(days.Groups[3], days.Groups[4], out var to) ? new(from, to) : default;
        }
        else if (WeeksText().Match(text ?? "") is { Success: true } weeks)
        {
            var (first, last) = (Number(weeks.Groups[1]), weeks.Groups[2].Success ? Number(weeks.Groups[2]) : Number(weeks.Groups[1]));
            var most = ISOWeek.GetWeeksInYear(year);
            if (first >= 1 && first <= most && last >= 1 && last <= most)
            {
                season = new(DayOf(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, first, DayOfWeek.Monday))), DayOf(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, last, DayOfWeek.Sunday))));
            }
        }

        return season.IsValid;
    }

    internal static int Wrap(int day) => (((day - 1) % Year) + Year) % Year + 1;

    private static string Name(int day)
    {
        var date = new DateOnly(PlainYear, 1, 1).AddDays(day - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日");
    }

    // The first such day that is not over.
    private static DateOnly Next(int day, DateOnly today)
    {
        var date = In(today.Year, day);
        return date < today ? In(today.Year + 1, day) : date;
    }

    private static DateOnly Back(DateOnly end, int days)
    {
        var number = DayOf(end) - days;
        var year = end.Year;
        for (; number < 1; number += Year)
        {
            year--;
        }

        for (; number > Year; number -= Year)
        {
            year++;
        }

        return In(year, number);
    }

    private static DateOnly In(int year, int day)
    {
        var date = new DateOnly(PlainYear, 1, 1).AddDays(day - 1);
        return new DateOnly(year, date.Month, date.Day);
    }

    private static bool TryDay(Group month, Group day, out int number)
    {
        var isDay = DateOnly.TryParseExact($"{PlainYear}-{month.Value}-{day.Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        number = isDay ? DayOf(date) : 0;
        return isDay;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(\d{1,2})[月\-./](\d{1,2})日?\s*[至到~～—–/-]+\s*(\d{1,2})[月\-./](\d{1,2})日?\s*$")]
    private static partial Regex DaysText();

    [GeneratedRegex(@"^\s*第?(\d{1,2})周?\s*(?:[至到~～—–-]+\s*第?(\d{1,2}))?周\s*$")]
    private static partial Regex WeeksText();
}
