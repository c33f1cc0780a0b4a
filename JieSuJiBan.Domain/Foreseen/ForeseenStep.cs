using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Foreseen;

/// <summary>
/// A step of preparation and how far it is. What was done counts until the season ends; then the step waits for the next one, and
/// no clock has to tell it so.
/// </summary>
public sealed class ForeseenStep
{
    /// <summary>So many days before a step is due its unit is told.</summary>
    public const int WarnDays = 7;

    private ForeseenStep() { }  // for EF

    internal ForeseenStep(Guid problem, int no) => (ProblemId, No) = (problem, no);

    public Guid ProblemId { get; private set; }
    public int No { get; private set; }
    public OrgPath Unit { get; private set; }
    public string Text { get; private set; } = "";
    public int Offset { get; private set; }

    /// <summary>The days of the year on which it is due, its unit is told, and its season is over.</summary>
    public int DueDay { get; private set; }

    public int WarnDay { get; private set; }
    public int EndDay { get; private set; }

    /// <summary>Its problem is on the calendar.</summary>
    public bool IsInForce { get; private set; }

    public DateOnly? StartedUntil { get; private set; }
    public string? Person { get; private set; }
    public DateOnly? PlannedOn { get; private set; }
    public DateOnly? FinishedUntil { get; private set; }

    /// <summary>Its unit has been told for the season that ends then.</summary>
    public DateOnly? WarnedUntil { get; private set; }

    public string? Evidence { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public StepTerms Terms => new(Offset, Unit, Text);

    public StepState StateOn(DateOnly today) =>
        FinishedUntil >= today ? StepState.Finished : StartedUntil >= today ? StepState.Started : StepState.Waiting;

    internal void Write(StepTerms terms, Season season, bool isInForce, ForeseenStep? before)
    {
        (Unit, Text, Offset, IsInForce) = (terms.Unit, terms.Text, terms.Offset, isInForce);
        (DueDay, EndDay) = (season.NumberAt(terms.Offset), season.ToDay);
        WarnDay = season.NumberAt(terms.Offset - WarnDays);
        (StartedUntil, Person, PlannedOn) = (before?.StartedUntil, before?.Person, before?.PlannedOn);
        (FinishedUntil, Evidence, FinishedAt, WarnedUntil) = (before?.FinishedUntil, before?.Evidence, before?.FinishedAt, before?.WarnedUntil);
    }

    internal void Stand(bool isInForce) => IsInForce = isInForce;

    internal void Start(StepStarted e) => (StartedUntil, Person, PlannedOn) = (e.SeasonEnds, e.Person, e.PlannedOn);

    internal void Finish(StepFinished e, DateTimeOffset at) => (FinishedUntil, Evidence, FinishedAt) = (e.SeasonEnds, e.Evidence, at);

    internal void Warn(StepDue e) => WarnedUntil = e.SeasonEnds;

    internal void Carry(DateOnly today, DateOnly ends, bool isWarnPast)
    {
        (StartedUntil, FinishedUntil) = (StartedUntil >= today ? ends : StartedUntil, FinishedUntil >= today ? ends : FinishedUntil);
        WarnedUntil = WarnedUntil >= today && isWarnPast ? ends : WarnedUntil;
    }

    internal ForeseenStep Copy() => (ForeseenStep)MemberwiseClone();
}
