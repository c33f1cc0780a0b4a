namespace JieSuJiBan.Domain.Time;

/// <summary>
/// The state's working calendar: weekends, holidays and make-up days are data. Working hours are 9-12 and 13-18, Beijing time,
/// so a working day is eight hours. A year can be replaced while others read: each question is answered by one edition.
/// </summary>
public sealed class WorkCalendar(IReadOnlySet<DateOnly> holidays, IReadOnlySet<DateOnly> makeUpDays)
{
    private readonly Lock _lock = new();
    private volatile Edition _edition = new(holidays, makeUpDays);

    /// <summary>Beijing has kept UTC+8 without summer time since 1991.</summary>
    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static readonly TimeSpan WorkingDay = TimeSpan.FromHours(8);

    private static readonly (TimeSpan From, TimeSpan To)[] s_shifts =
        [(TimeSpan.FromHours(9), TimeSpan.FromHours(12)), (TimeSpan.FromHours(13), TimeSpan.FromHours(18))];

    /// <summary>Which day it is in Beijing.</summary>
    public static DateOnly DateAt(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Beijing).DateTime);

    /// <summary>When a day begins in Beijing, as the database keeps moments: in UTC.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, Beijing).ToUniversalTime();

    public bool IsWorkingDay(DateOnly day) => _edition.IsWorkingDay(day);

    /// <summary>The days of a year that are not what the week says.</summary>
    public CalendarDays DaysOf(int year) => _edition.Of(year);

    /// <summary>From now on the year has these days and no others.</summary>
    public void Replace(int year, CalendarDays days)
    {
        lock (_lock)
        {
            _edition = _edition.With(year, days);
        }
    }

    /// <summary>The moment at which <paramref name="worked"/> hours of office time have passed since <paramref name="from"/>.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan worked)
    {
        var local = from.ToOffset(Beijing);
        var left = worked;
        var edition = _edition;

        for (var day = DateOnly.FromDateTime(local.DateTime); ; day = day.AddDays(1))
        {
            if (!edition.IsWorkingDay(day))
            {
                continue;
            }

            var midnight = new DateTimeOffset(day, TimeOnly.MinValue, Beijing);
            foreach (var (opens, closes) in s_shifts)
            {
                var start = midnight + opens < local ? local : midnight + opens;
                var free = midnight + closes - start;
                if (free <= TimeSpan.Zero)
                {
                    continue;
                }

                if (left <= free)
                {
                    return (start + left).ToUniversalTime();
                }

                left -= free;
            }
        }
    }

    private sealed class Edition(IReadOnlySet<DateOnly> holidays, IReadOnlySet<DateOnly> makeUpDays)
    {
        public bool IsWorkingDay(DateOnly day) =>
            makeUpDays.Contains(day) || (!holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

        public CalendarDays Of(int year) => new([.. holidays.Where(day => day.Year == year).Order()], [.. makeUpDays.Where(day => day.Year == year).Order()]);

        public Edition With(int year, CalendarDays days) => new(
            holidays.Where(day => day.Year != year).Concat(days.Holidays).ToHashSet(), makeUpDays.Where(day => day.Year != year).Concat(days.MakeUpDays).ToHashSet());
    }
}
