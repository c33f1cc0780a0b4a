using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

public abstract record WhistleEvent : LogEvent;

/// <summary>A unit that is called, and what exactly is asked of it.</summary>
public sealed record Summons(OrgPath Unit, bool IsLead, string Ask);

public sealed record UnitDeadline(OrgPath Unit, DateTimeOffset RespondBy, DateTimeOffset ArriveBy);

[StoredAs("whistle.drafted")]
public sealed record WhistleDrafted(
    string Number, Guid? CaseId, string? CaseNumber, OrgPath Whistler, OrgPath Signer, WhistleBrief Brief, OrgPath? ReportedUnit = null) : WhistleEvent;

[StoredAs("whistle.revised")]
public sealed record WhistleRevised(WhistleBrief Brief) : WhistleEvent;

[StoredAs("whistle.submitted")]
public sealed record WhistleSubmitted(DecisionTime? Decide = null) : WhistleEvent;

[StoredAs("whistle.returned")]
public sealed record WhistleReturned(string Reason) : WhistleEvent;

/// <param name="Together">How many were signed in one act, if it was more than one.</param>
[StoredAs("whistle.signed")]
public sealed record WhistleSigned(string? Opinion, int? Together = null) : WhistleEvent;

/// <summary>Older entries have no plan: those whistles run by what the portal ships with.</summary>
[StoredAs("whistle.sounded")]
public sealed record WhistleSounded(IReadOnlyList<UnitDeadline> Deadlines, string LimitBasis, WhistlePlan? Plan = null, DecisionTime? Decide = null) : WhistleEvent;

[StoredAs("whistle.recalled")]
public sealed record WhistleRecalled(string Reason) : WhistleEvent;

[StoredAs("whistle.unit-summoned")]
public sealed record UnitSummoned(Summons Summons, UnitDeadline Deadline) : WhistleEvent;

[StoredAs("whistle.ask-seen")]
public sealed record AskSeen(OrgPath Unit) : WhistleEvent;

[StoredAs("whistle.responded")]
public sealed record UnitResponded(OrgPath Unit, DateTimeOffset? ArriveBy, string? Text) : WhistleEvent;

[StoredAs("whistle.objected")]
public sealed record UnitObjected(OrgPath Unit, string Reason, string Basis, DateTimeOffset? ReviewBy = null) : WhistleEvent;

[StoredAs("whistle.released")]
public sealed record UnitReleased(OrgPath Unit, string Reason) : WhistleEvent;

/// <summary>A unit has not answered in time. What follows, and when, was counted from the limit by the whistle's plan.</summary>
[StoredAs("whistle.response-lapsed")]
public sealed record ResponseLapsed(OrgPath Unit, DateTimeOffset RespondBy, IReadOnlyList<StepTime>? Steps = null) : WhistleEvent;

[StoredAs("whistle.arrival-lapsed")]
public sealed record ArrivalLapsed(OrgPath Unit, DateTimeOffset ArriveBy, IReadOnlyList<StepTime>? Steps = null) : WhistleEvent;

/// <summary>A measure is not carried out in time.</summary>
[StoredAs("whistle.resolution-lapsed")]
public sealed record ResolutionLapsed(int No, OrgPath Unit, DateTimeOffset DueAt, IReadOnlyList<StepTime> Steps) : WhistleEvent;

/// <summary>The whistler has not looked at a unit's objection in time.</summary>
[StoredAs("whistle.objection-lapsed")]
public sealed record ObjectionLapsed(OrgPath Unit, DateTimeOffset ReviewBy, string Basis) : WhistleEvent;

/// <summary>A late unit is urged, or its whistler told to supervise it.</summary>
[StoredAs("whistle.urged")]
public sealed record UnitUrged(OverdueStep Step, OrgPath Unit, LateMatter Matter, int? Resolution, DateTimeOffset DueAt, string Basis) : WhistleEvent;

/// <summary>
/// A late unit is reported to the district with the times that prove it: by the clock, or by the whistler's own hand, with a
/// <paramref name="Text"/> (街道条例 44).
/// </summary>
[StoredAs("whistle.late-reported")]
public sealed record LateReported(OrgPath Unit, LateMatter Matter, int? Resolution, TimeEvidence Evidence, string Basis, string? Text = null) : WhistleEvent;

[StoredAs("whistle.reported-in")]
public sealed record UnitReportedIn(OrgPath Unit, ReportMode Mode, string? Text, Position? Position) : WhistleEvent;

[StoredAs("whistle.committed")]
public sealed record UnitCommitted(int No, OrgPath Unit, string Measure, string Person, DateTimeOffset DueAt) : WhistleEvent;

[StoredAs("whistle.refused")]
public sealed record UnitRefused(OrgPath Unit, string Reason, string Basis) : WhistleEvent;

[StoredAs("whistle.left")]
public sealed record UnitLeft(OrgPath Unit) : WhistleEvent;

[StoredAs("whistle.message")]
public sealed record MessagePosted(string Text, IReadOnlyList<OrgPath>? Mentions, IReadOnlyList<AttachmentRef>? Attachments)
    : WhistleEvent, IBringsAttachments;

[StoredAs("whistle.resolution-made")]
public sealed record ResolutionMade(int No, OrgPath Unit, string Measure, string Person, DateTimeOffset DueAt) : WhistleEvent;

[StoredAs("whistle.resolution-adopted")]
public sealed record ResolutionAdopted(int No) : WhistleEvent;

[StoredAs("whistle.resolution-dropped")]
public sealed record ResolutionDropped(int No, string Reason) : WhistleEvent;

[StoredAs("whistle.minutes-issued")]
public sealed record MinutesIssued(int Edition, string Text) : WhistleEvent;

[StoredAs("whistle.minutes-confirmed")]
public sealed record MinutesConfirmed(int Edition, OrgPath Unit) : WhistleEvent;

[StoredAs("whistle.minutes-disputed")]
public sealed record MinutesDisputed(int Edition, OrgPath Unit, string Remark) : WhistleEvent;

[StoredAs("whistle.fed-back")]
public sealed record ResolutionFedBack(int No, string Text, IReadOnlyList<AttachmentRef>? Attachments) : WhistleEvent, IBringsAttachments;

[StoredAs("whistle.settled")]
public sealed record ResolutionSettled(int No) : WhistleEvent;

[StoredAs("whistle.sent-back")]
public sealed record ResolutionSentBack(int No, string Reason) : WhistleEvent;

[StoredAs("whistle.leader-asked")]
public sealed record LeaderAsked(int No, OrgPath AddressedTo, LeaderQuestion Question, DecisionTime? Decide = null) : WhistleEvent;

[StoredAs("whistle.leader-decided")]
public sealed record LeaderDecided(int No, Decision Decision, string Text, OrgPath? RoutedTo, DateTimeOffset? DueAt) : WhistleEvent;

/// <summary>To another leader of the unit; without a number, the signature.</summary>
[StoredAs("whistle.decision-forwarded")]
public sealed record DecisionForwarded(int? No, string UserId, string Name, string? Remark) : WhistleEvent;

/// <summary>The leader is reminded; without a number, of the signature.</summary>
[StoredAs("whistle.decision-near")]
public sealed record DecisionNear(int? No, DateTimeOffset DueAt, string Basis) : WhistleEvent;

[StoredAs("whistle.decision-lapsed")]
public sealed record DecisionLapsed(int? No, DateTimeOffset DueAt, string Basis) : WhistleEvent;

[StoredAs("whistle.confirmed")]
public sealed record WhistleConfirmed(string Result, DateTimeOffset? AssessBy = null, string? AssessBasis = null) : WhistleEvent;

[StoredAs("whistle.unit-assessed")]
public sealed record UnitAssessed(OrgPath Unit, UnitRating Rating) : WhistleEvent;

[StoredAs("whistle.whistle-assessed")]
public sealed record WhistleAssessed(OrgPath Unit, WhistleRating Rating) : WhistleEvent;

/// <summary>The time to rate is over: the units that the whistler has not rated, and those that have not rated the whistle, are 未评.</summary>
[StoredAs("whistle.assessment-lapsed")]
public sealed record AssessmentLapsed(IReadOnlyList<OrgPath> Unrated, IReadOnlyList<OrgPath> Silent, DateTimeOffset AssessBy, string Basis) : WhistleEvent;

[StoredAs("whistle.ended")]
public sealed record WhistleEnded : WhistleEvent;
