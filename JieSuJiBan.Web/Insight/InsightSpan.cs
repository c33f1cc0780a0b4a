using System.Globalization;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Insight;

/// <summary>
/// A calendar month as it is looked at: up to today while it runs. It is compared with as many days of the month before and of the
/// same month a year ago.
/// </summary>
public sealed record InsightSpan(DateOnly Month, DateOnly Until)
{
    public bool IsWhole => Until == Month.AddMonths(1);

    public (DateOnly From, DateOnly Until) Now => (Month, Until);

    public (DateOnly From, DateOnly Until) Before => Back(1);

    public (DateOnly From, DateOnly Until) YearAgo => Back(12);

    /// <summary>The month named <c>2026-11</c>, else the one that runs; never one to come.</summary>
    public static InsightSpan Of(string? month, DateTimeOffset now)
    {
        var today = WorkCalendar.DateAt(now);
        var running = new DateOnly(today.Year, today.Month, 1);
        var chosen = DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var named) && named < running && named.Year > 2000 ? named : running;
        return new InsightSpan(chosen, chosen == running ? today.AddDays(1) : chosen.AddMonths(1));
    }

    public override string ToString() => Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private (DateOnly, DateOnly) Back(int months)
    {
        var from = Month.AddMonths(-months);
        var (end, until) = (from.AddMonths(1), from.AddDays(Until.DayNumber - Month.DayNumber));
        return (from, IsWhole || until > end ? end : until);
    }
}
