using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Sheets;

namespace JieSuJiBan.Web.Calendar;

/// <summary>A year of the state's calendar as a table of two columns: the day, and whether it is off (休) or worked (班).</summary>
public static class CalendarSheet
{
    private const int MaxRows = 400;

    private static readonly string[] s_formats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy-MM-dd HH:mm:ss"];

    public static async Task WriteAsync(Stream stream, CalendarDays days, CancellationToken cancellationToken = default)
    {
        await using var sheet = await SheetWriter.CreateAsync(stream, "工作日历", [new("日期"), new("类型")], cancellationToken);
        foreach (var (day, kind) in days.Holidays.Select(day => (day, "休")).Concat(days.MakeUpDays.Select(day => (day, "班"))).Order())
        {
            await sheet.WriteRowAsync([day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), kind], cancellationToken);
        }
    }

    /// <summary>Reads a file. One wrong row and nothing of it counts; the answer names every row that is wrong.</summary>
    public static (CalendarDays? Days, IReadOnlyList<Refusal> Refusals) Read(string path, int year)
    {
        var (opened, outcome) = Sheet.Open(path, new SheetLimits(MaxRows, MaxUnpacked: 16L << 20));
        if (opened is null)
        {
            return (null, [outcome.Refusal!]);
        }

        using var file = opened;
        using var lines = file.Read();
        var (holidays, makeUps, refusals) = (new List<DateOnly>(), new List<DateOnly>(), new List<Refusal>());
        for (var isFirst = true; lines.Next(); isFirst = false)
        {
            var (row, day, kind) = (lines.Current.Number, lines.Current[0].Trim(), lines.Current[1].Trim());
            if (day.Length == 0 && kind.Length == 0)
            {
                continue;
            }

            var isDay = DateTime.TryParseExact(day, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
            var target = kind switch
            {
                "休" or "休息" or "放假" or "节假日" or "假" => holidays,
                "班" or "上班" or "补班" or "调休上班" => makeUps,
                _ => null,
            };
            if (isDay && target is not null && date.Year == year)
            {
                target.Add(DateOnly.FromDateTime(date));
            }
            else if (!isFirst || isDay)
            {
                refusals.Add(new Refusal("calendar.import.row", $"第{row}行“{day} {kind}”应是{year}年的日期和“休”或“班”。", $"Row {row}, “{day} {kind}”, is no day of {year} with the sign for off or worked."));
            }
        }

        var days = new CalendarDays(holidays, makeUps).Tidy();
        refusals.AddRange(lines.Refusal is { } broken ? [broken] : CalendarYear.Problems(year, days));
        if (refusals.Count == 0 && holidays.Count + makeUps.Count == 0)
        {
            refusals.Add(new Refusal("calendar.import.empty", "表里没有日期：第一列写日期，第二列写“休”或“班”。", "The table has no days: a day in the first column, off or worked in the second."));
        }

        return (refusals.Count == 0 ? days : null, refusals);
    }
}
