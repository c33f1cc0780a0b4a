using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Foreseen;

// What the clock tells the units: each step and each season once, a week before, in the morning.
public sealed partial class ForeseenProblem
{
    private static readonly TimeOnly s_morning = new(8, 0);

    /// <summary>When somebody has to be told next.</summary>
    public DateTimeOffset? ClockAt { get; private set; }

    /// <summary>Those without a step have been told for the season that ends then.</summary>
    public DateOnly? ToldUntil { get; private set; }

    /// <summary>Writes down what has fallen due since, however long the clock was away; two clocks write it once.</summary>
    public Outcome Ring(DateTimeOffset now)
    {
        while (ClockAt <= now)
        {
            foreach (var (_, happened) in Bells().Where(bell => bell.At <= now).OrderBy(bell => bell.At).ToList())
            {
                Record(happened, Actor.Clock, now);
            }
        }

        return Outcome.Done;
    }

    // Counted from the last entry, so that the row alone says when. What is missed while the clock is away is told all the same.
    private IEnumerable<(DateTimeOffset At, ForeseenEvent Happened)> Bells()
    {
        if (State != ForeseenState.InForce)
        {
            yield break;
        }

        var since = WorkCalendar.DateAt(ChangedAt);
        foreach (var step in _steps)
        {
            var from = After(step.FinishedUntil > step.WarnedUntil ? step.FinishedUntil : step.WarnedUntil ?? step.FinishedUntil, since);
            yield return (MorningOf(Season.DayAt(step.Offset - ForeseenStep.WarnDays, from)), new StepDue(step.No, ForeseenStep.WarnDays, Season.DayAt(step.Offset, from), Season.EndFrom(from)));
        }

        if (_standBys.Count > 0)
        {
            var from = After(ToldUntil, since);
            yield return (MorningOf(Season.DayAt(-ForeseenStep.WarnDays, from)),
                new SeasonNear([.. _standBys.Select(unit => unit.Unit)], ForeseenStep.WarnDays, Season.BeginFrom(from), Season.EndFrom(from)));
        }
    }

    private static DateOnly After(DateOnly? over, DateOnly since) => over >= since ? over.Value.AddDays(1) : since;

    private static DateTimeOffset MorningOf(DateOnly day) => new DateTimeOffset(day, s_morning, WorkCalendar.Beijing).ToUniversalTime();
}
