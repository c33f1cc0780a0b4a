using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Seed;

/// <summary>The rules that an invented life is played by.</summary>
internal sealed record SeedRules(TimeRules Times, SafetyWords Safety, SupervisionRules Supervision);

/// <summary>A year of so many cases that ends at <paramref name="end"/>: how many there are each day, and at what hours people call.</summary>
internal sealed class SeedYear(int cases, DateTimeOffset end, SeedCast cast, IReadOnlyList<SeedMatter> matters, SeedRules rules)
{
    public const int Days = 365;

    /// <summary>朝阳 blew 314 whistles over some million cases.</summary>
    private const double WhistlesPerCase = 314.0 / 1_000_000;

    private static readonly double[] s_hours = [1, .7, .5, .4, .5, .9, 2, 4, 7.5, 9.5, 9.5, 7, 5, 5, 8, 8.5, 7.5, 6, 5, 5, 4.2, 3.3, 2.3, 1.5];

    // Monday has the calls of the weekend.
    private static readonly double[] s_week = [.82, 1.15, 1.05, 1.02, 1.02, 1.03, .88];

    private readonly DateTimeOffset _first = new(end.ToOffset(WorkCalendar.Beijing).Date.AddDays(1 - Days), WorkCalendar.Beijing);

    public DateTimeOffset End => end;

    public SeedCast Cast => cast;

    public SeedRules Rules => rules;

    /// <summary>How many of all cases begin on each day; together they are all.</summary>
    public IReadOnlyList<int> Counts()
    {
        var weights = Enumerable.Range(0, Days).Select(WeightOf).ToList();
        var (all, sum, given, counts) = (weights.Sum(), 0.0, 0, new int[Days]);
        for (var day = 0; day < Days; day++)
        {
            sum += weights[day];
            counts[day] = (int)Math.Round(cases * sum / all) - given;
            given += counts[day];
        }

        return counts;
    }

    public DateTimeOffset DayAt(int day) => _first.AddDays(day);

    public Urn<SeedMatter> MattersOf(DateTimeOffset day) => new(matters.Select(matter => (matter, matter.Weight * MonthOf(matter, day))));

    /// <summary>A second of the day; of the last day only what has been.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset day, Random chance)
    {
        var hours = new Urn<int>(s_hours.Select((weight, hour) => (hour, weight)).Where(hour => day.AddHours(hour.hour) < end));
        for (; ; )
        {
            var at = day.AddHours(hours.Draw(chance)).AddSeconds(chance.Next(3600));
            if (at < end)
            {
                return at.ToUniversalTime();
            }
        }
    }

    public static bool IsHard(Random chance) => chance.Is(WhistlesPerCase * 2.2);  // only a street's matter becomes one

    /// <summary>So many crowds begin on this day: some a month, however many cases there are.</summary>
    public static int CrowdsOf(int day, int count) => count >= 60 && day % 9 == 4 ? 1 : 0;

    private double WeightOf(int day)
    {
        var at = DayAt(day);
        var season = matters.Sum(matter => matter.Weight * MonthOf(matter, at)) / 10_000;
        var passed = s_hours.Where((_, hour) => at.AddHours(hour) < end).Sum() / s_hours.Sum();
        return season * s_week[(int)at.DayOfWeek] * passed;
    }

    // From one month's middle to the next, so that no season begins overnight.
    private static double MonthOf(SeedMatter matter, DateTimeOffset day)
    {
        var place = day.Month - 1 + ((day.Day - 15) / 30.0);
        var (before, share) = ((int)Math.Floor(place), place - Math.Floor(place));
        return (matter.Months[(before + 12) % 12] * (1 - share)) + (matter.Months[(before + 13) % 12] * share);
    }
}
