using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Assessment;

/// <summary>One version of a scheme; 0 is what the portal ships with.</summary>
public sealed record SchemeVersion(int Version, SchemeTerms Terms);

/// <summary>From when to when a period runs, and by which scheme.</summary>
/// <param name="Until">The day after its last.</param>
public sealed record PeriodSpan(Period Period, DateOnly From, DateOnly Until, SchemeVersion Scheme)
{
    public DateOnly Last => Until.AddDays(-1);

    /// <summary>The midnights in Beijing at which it begins and ends.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Times => (WorkCalendar.Midnight(From), WorkCalendar.Midnight(Until));

    public bool HasEndedOn(DateOnly day) => Until <= day;
}

/// <summary>
/// All versions of a district's scheme, and so when each period begins. A month begins where the one before ended, whichever schemes
/// the two go by: no day is counted twice and none is lost where the first day changes. Its scheme is the one in force on its first
/// day; a quarter's and a year's likewise.
/// </summary>
public sealed class SchemeHistory(SchemeVersion usual, IReadOnlyList<SchemeVersion> own)
{
    public SchemeVersion Usual => usual;

    /// <summary>The district's own, the newest first.</summary>
    public IReadOnlyList<SchemeVersion> Own { get; } = [.. own.OrderByDescending(version => version.Version)];

    /// <summary>Which version serves what begins on a day. A later version for the same day takes the earlier one's place.</summary>
    public SchemeVersion On(DateOnly day) => Own.Where(version => version.Terms.From <= day).MaxBy(version => (version.Terms.From, version.Version)) ?? usual;

    public PeriodSpan SpanOf(Period period)
    {
        var (first, last) = period.Months;
        var from = EndOf(first - 1);
        return new(period, from, EndOf(last), On(from));
    }

    /// <summary>The period of a kind in which a day lies.</summary>
    public PeriodSpan At(PeriodKind kind, DateOnly day)
    {
        var month = (day.Year * 12) + day.Month - 1;
        while (EndOf(month) <= day)
        {
            month++;
        }

        while (EndOf(month - 1) > day)
        {
            month--;
        }

        return SpanOf(Period.Of(kind, month / 12, (month % 12) + 1));
    }

    // The day after a month's last. Before the first version of its own a district goes by the portal's.
    private DateOnly EndOf(int month)
    {
        var first = Own.Count == 0 ? month : Math.Min(month, Own.Min(version => (version.Terms.From.Year * 12) + version.Terms.From.Month - 3));
        var end = usual.Terms.EndOf(first / 12, (first % 12) + 1);
        for (var at = first + 1; at <= month; at++)
        {
            end = On(end).Terms.EndOf(at / 12, (at % 12) + 1);
        }

        return end;
    }
}
