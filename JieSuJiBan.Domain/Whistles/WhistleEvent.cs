using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

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
public sealed record WhistleSubmitted : WhistleEvent;

[StoredAs("whistle.returned")]
public sealed record WhistleReturned(string Reason) : WhistleEvent;

[StoredAs("whistle.signed")]
public sealed record WhistleSigned(string? Opinion) : WhistleEvent;

[StoredAs("whistle.sounded")]
public sealed record WhistleSounded(IReadOnlyList<UnitDeadline> Deadlines, string LimitBasis) : WhistleEvent;

[StoredAs("whistle.recalled")]
public sealed record WhistleRecalled(string Reason) : WhistleEvent;

[StoredAs("whistle.unit-summoned")]
public sealed record UnitSummoned(Summons Summons, UnitDeadline Deadline) : WhistleEvent;

[StoredAs("whistle.ask-seen")]
public sealed record AskSeen(OrgPath Unit) : WhistleEvent;

[StoredAs("whistle.responded")]
public sealed record UnitResponded(OrgPath Unit, DateTimeOffset? ArriveBy, string? Text) : WhistleEvent;

[StoredAs("whistle.objected")]
public sealed record UnitObjected(OrgPath Unit, string Reason, string Basis) : WhistleEvent;

[StoredAs("whistle.released")]
public sealed record UnitReleased(OrgPath Unit, string Reason) : WhistleEvent;

[StoredAs("whistle.response-lapsed")]
public sealed record ResponseLapsed(OrgPath Unit, DateTimeOffset RespondBy) : WhistleEvent;

[StoredAs("whistle.arrival-lapsed")]
public sealed record ArrivalLapsed(OrgPath Unit, DateTimeOffset ArriveBy) : WhistleEvent;

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
public sealed record LeaderAsked(int No, OrgPath AddressedTo, LeaderQuestion Question) : WhistleEvent;

[StoredAs("whistle.leader-decided")]
public sealed record LeaderDecided(int No, Decision Decision, string Text, OrgPath? RoutedTo, DateTimeOffset? DueAt) : WhistleEvent;

[StoredAs("whistle.confirmed")]
public sealed record WhistleConfirmed(string Result) : WhistleEvent;

[StoredAs("whistle.unit-assessed")]
public sealed record UnitAssessed(OrgPath Unit, UnitRating Rating) : WhistleEvent;

[StoredAs("whistle.whistle-assessed")]
public sealed record WhistleAssessed(OrgPath Unit, WhistleRating Rating) : WhistleEvent;

[StoredAs("whistle.ended")]
public sealed record WhistleEnded : WhistleEvent;
