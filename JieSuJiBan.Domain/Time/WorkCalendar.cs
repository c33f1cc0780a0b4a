namespace JieSuJiBan.Domain.Time;

/// <summary>
/// The state's working calendar: weekends, holidays and make-up days are data. Working hours are 9-12 and 13-18, Beijing time,
/// so a working day is eight hours.
/// </summary>
public sealed class WorkCalendar(IReadOnlySet<DateOnly> holidays, IReadOnlySet<DateOnly> makeUpDays)
{
    /// <summary>Beijing has kept UTC+8 without summer time since 1991.</summary>
    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static readonly TimeSpan WorkingDay = TimeSpan.FromHours(8);

    private static readonly (TimeSpan From, TimeSpan To)[] s_shifts =
        [(TimeSpan.FromHours(9), TimeSpan.FromHours(12)), (TimeSpan.FromHours(13), TimeSpan.FromHours(18))];

    public bool IsWorkingDay(DateOnly day) =>
        makeUpDays.Contains(day) || (!holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>The moment at which <paramref name="worked"/> hours of office time have passed since <paramref name="from"/>.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan worked)
    {
        var local = from.ToOffset(Beijing);
        var left = worked;

        for (var day = DateOnly.FromDateTime(local.DateTime); ; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
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
}
