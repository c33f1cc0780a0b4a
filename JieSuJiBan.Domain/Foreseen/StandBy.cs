using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Foreseen;

/// <summary>A unit that leads or helps and has no step of its own. It has nothing to prepare, and hears that the season comes.</summary>
public sealed class StandBy
{
    private StandBy() { }  // for EF

    internal StandBy(Guid problem, OrgPath unit) => (ProblemId, Unit) = (problem, unit);

    public Guid ProblemId { get; private set; }
    public OrgPath Unit { get; private set; }

    /// <summary>The days of the year on which it is told, and on which the season begins.</summary>
    public int WarnDay { get; private set; }

    public int BeginDay { get; private set; }

    /// <summary>Its problem is on the calendar.</summary>
    public bool IsInForce { get; private set; }

    internal void Stand(Season season, bool isInForce) =>
        (WarnDay, BeginDay, IsInForce) = (season.NumberAt(-ForeseenStep.WarnDays), season.FromDay, isInForce);
}
