using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Time;

public abstract record CalendarEvent : LogEvent;

/// <summary>The state's calendar of a year was written down anew, as the state council announced it.</summary>
[StoredAs("calendar.set")]
public sealed record CalendarSet(int Year, CalendarDays Days, string Basis) : CalendarEvent;

/// <summary>The days of one year that are not what the week says: those off, and the weekend days that are worked instead.</summary>
public sealed record CalendarDays(IReadOnlyList<DateOnly> Holidays, IReadOnlyList<DateOnly> MakeUpDays)
{
    public bool Says(CalendarDays other) => Holidays.SequenceEqual(other.Holidays) && MakeUpDays.SequenceEqual(other.MakeUpDays);

    public CalendarDays Tidy() => new([.. Holidays.Distinct().Order()], [.. MakeUpDays.Distinct().Order()]);
}

/// <summary>One year of the state's working calendar (工作日历). One stream for each year; without one, the default counts.</summary>
public sealed class CalendarYear : Aggregate
{
    public const int FirstYear = 2020, LastYear = 2100, MaxHolidays = 60, MaxBasis = 200;

    private CalendarYear() { }  // for EF and replay

    public int Year { get; private set; }
    public CalendarDays Days { get; private set; } = new([], []);
    public string Basis { get; private set; } = "";

    protected override Guid? LogCaseId => null;

    public static CalendarYear Replay(IEnumerable<LogEntry> log) => Replay(new CalendarYear(), log);

    /// <summary>It is the state's, and counts for every district: no district's command centre keeps it.</summary>
    public static bool CanKeep(Actor by) => by is { Role: Role.Administrator, Unit.Kind: UnitKind.City or UnitKind.District };

    /// <summary>The first time that somebody writes the year down.</summary>
    public static (CalendarYear? Calendar, Outcome Outcome) Begin(Guid id, int year, CalendarDays days, string basis, Actor by, DateTimeOffset now)
    {
        var calendar = new CalendarYear { Id = id, Year = year };
        var outcome = calendar.Set(days, basis, by, now);
        return (outcome.IsDone ? calendar : null, outcome);
    }

    public Outcome Set(CalendarDays days, string basis, Actor by, DateTimeOffset now)
    {
        days = days.Tidy();
        if (!CanKeep(by))
        {
            return new Refusal("calendar.role", "工作日历全市通用，由管理员维护。", "The calendar is everybody's; the administrator keeps it.");
        }

        if (Problems(Year, days).FirstOrDefault() is { } problem)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(basis) || basis.Trim().Length > MaxBasis)
        {
            return new Refusal("calendar.basis", $"请写明依据的放假通知，{MaxBasis}字以内。", $"Name the notice it follows, in at most {MaxBasis} characters.", "basis");
        }

        if (Version > 0 && days.Says(Days))
        {
            return new Refusal("calendar.same", "内容没有变化。", "Nothing has changed.");
        }

        Record(new CalendarSet(Year, days, basis.Trim()), by, now);
        return Outcome.Done;
    }

    /// <summary>Everything that is wrong with the days of a year.</summary>
    public static IEnumerable<Refusal> Problems(int year, CalendarDays days)
    {
        if (year is < FirstYear or > LastYear)
        {
            yield return new("calendar.year", $"年份应在{FirstYear}到{LastYear}之间。", $"The year lies between {FirstYear} and {LastYear}.");
        }

        if (days.Holidays.Concat(days.MakeUpDays).Any(day => day.Year != year))
        {
            yield return new("calendar.other-year", $"只能填写{year}年的日期。", $"All days must lie in {year}.");
        }

        if (days.Holidays.Intersect(days.MakeUpDays).Any())
        {
            yield return new("calendar.both", "同一天不能既放假又补班。", "A day cannot be off and worked.");
        }

        if (days.MakeUpDays.Any(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
        {
            yield return new("calendar.make-up", "补班日应是周六或周日。", "Only a Saturday or Sunday can be worked instead.");
        }

        if (days.Holidays.Count > MaxHolidays)
        {
            yield return new("calendar.many", $"一年的放假日不超过{MaxHolidays}天。", $"A year has at most {MaxHolidays} days off.");
        }
    }

    protected override void Apply(LogEntry entry)
    {
        var e = (CalendarSet)entry.Event;
        (Year, Days, Basis) = (e.Year, e.Days, e.Basis);
    }
}
