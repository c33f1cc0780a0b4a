using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Foreseen;

public abstract record ForeseenEvent : LogEvent;

/// <summary>A problem was put forward; by the command centre itself, it is on the calendar at once.</summary>
[StoredAs("foreseen.proposed")]
public sealed record ForeseenProposed(OrgPath District, ForeseenTerms Terms, string? Reason, bool IsInForce) : ForeseenEvent;

[StoredAs("foreseen.revised")]
public sealed record ForeseenRevised(ForeseenTerms Terms, string Reason) : ForeseenEvent;

[StoredAs("foreseen.confirmed")]
public sealed record ForeseenConfirmed(string? Remark) : ForeseenEvent;

[StoredAs("foreseen.rejected")]
public sealed record ForeseenRejected(string Reason) : ForeseenEvent;

[StoredAs("foreseen.ended")]
public sealed record ForeseenEnded(string Reason) : ForeseenEvent;

/// <summary>Somebody has begun a preparation and says by when; it counts for the season that ends on <paramref name="SeasonEnds"/>.</summary>
[StoredAs("foreseen.step-started")]
public sealed record StepStarted(int No, string Person, DateOnly PlannedOn, DateOnly SeasonEnds) : ForeseenEvent;

[StoredAs("foreseen.step-finished")]
public sealed record StepFinished(int No, string Evidence, DateOnly SeasonEnds) : ForeseenEvent;

/// <summary>The rule that tells a unit of its step so many days before fired; what it says counts for the season that ends on <paramref name="SeasonEnds"/>.</summary>
[StoredAs("foreseen.step-due")]
public sealed record StepDue(int No, int DaysBefore, DateOnly DueOn, DateOnly SeasonEnds) : ForeseenEvent;

/// <summary>The same for those who help and have no step of their own: the season comes.</summary>
[StoredAs("foreseen.season-near")]
public sealed record SeasonNear(IReadOnlyList<OrgPath> Units, int DaysBefore, DateOnly BeginsOn, DateOnly SeasonEnds) : ForeseenEvent;

/// <summary>A whistle was drafted over it, before anybody has complained.</summary>
[StoredAs("foreseen.whistled")]
public sealed record ForeseenWhistled(Guid Whistle, string Number) : ForeseenEvent;
