using System.Text.Json.Serialization;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Cases;

public abstract record CaseEvent : LogEvent;

/// <summary>The petitioner is not in here: his identity has a row of its own that retention can erase.</summary>
[StoredAs("case.registered")]
public sealed record CaseRegistered(
    string Number, string Title, string Text, Channel Channel, Nature Nature, string Category, OrgPath Home, string Place,
    OrgPath? ReportedUnit, IReadOnlyList<AttachmentRef>? Attachments, IReadOnlyDictionary<string, string>? Details = null,
    Position? Position = null, string? SourceNumber = null, string? SafetyWord = null, DateTimeOffset? RaisedAt = null,
    IReadOnlyDictionary<string, string>? SourceFacts = null, bool IsWithheld = false, DateTimeOffset? DispatchBy = null) : CaseEvent, IBringsAttachments;

[StoredAs("case.informed")]
public sealed record PetitionerInformed(InformReason Reason, string Reply) : CaseEvent;

[StoredAs("case.answered-at-once")]
public sealed record AnsweredAtOnce(string Reply) : CaseEvent;

[StoredAs("case.merged")]
public sealed record CaseMerged(Guid Into, string IntoNumber) : CaseEvent;

/// <summary>Another demand of the same matter was joined to this case.</summary>
[StoredAs("case.joined")]
public sealed record CaseJoined(Guid From, string Number, string Title, string Text, string? SafetyWord = null) : CaseEvent;

/// <summary>Whoever found it has put it right himself (自行解决).</summary>
[StoredAs("case.solved-on-the-spot")]
public sealed record SolvedOnTheSpot(string Result, IReadOnlyList<AttachmentRef>? Attachments) : CaseEvent, IBringsAttachments;

[StoredAs("case.handed-to-district")]
public sealed record HandedToDistrict(string Reason) : CaseEvent;

[StoredAs("case.dispatched")]
public sealed record CaseDispatched(
    OrgPath Lead, IReadOnlyList<OrgPath> CoUnits, IReadOnlyList<OrgPath> CopyTo, DateTimeOffset DueAt, string LimitBasis,
    DateTimeOffset? ObjectBy, string? Note, DispatchProposal? Proposal = null, Schedule? Schedule = null) : CaseEvent;

/// <summary>It was finished where it comes from; the portal only keeps it.</summary>
[StoredAs("case.taken-over")]
public sealed record CaseTakenOver(OrgPath? Lead, DateTimeOffset EndedAt, string Result, bool? Solved, Satisfaction? Satisfaction) : CaseEvent;

/// <summary>
/// What the source says otherwise than before, by name; an empty text for what it no longer says. With <paramref name="IsReport"/> it
/// has turned out to be a 举报, about <paramref name="ReportedUnit"/> if that is known.
/// </summary>
[StoredAs("case.source-updated")]
public sealed record SourceUpdated(
    IReadOnlyDictionary<string, string> Changed, string? SafetyWord = null, bool IsReport = false, OrgPath? ReportedUnit = null) : CaseEvent;

[StoredAs("case.source-reopened")]
public sealed record SourceReopened : CaseEvent;

/// <summary>The firm complained of, and the key of its name; nothing if there is none after all.</summary>
[StoredAs("case.subject-named")]
public sealed record SubjectNamed(string? Name, string? Key) : CaseEvent;

[StoredAs("case.accepted")]
public sealed record CaseAccepted : CaseEvent;

[StoredAs("case.objected")]
public sealed record DispatchObjected(int No, OrgPath Unit, string Reason, string Basis, OrgPath? Suggested, DateTimeOffset? ReviewBy = null) : CaseEvent;

[StoredAs("case.objection-reviewed")]
public sealed record ObjectionReviewed(int No, bool Upheld, string Opinion) : CaseEvent;

[StoredAs("case.contacted")]
public sealed record PetitionerContacted(bool Reached, string Text) : CaseEvent;

[StoredAs("case.assigned")]
public sealed record HelpAssigned(OrgPath Unit, string Ask) : CaseEvent;

[StoredAs("case.progressed")]
public sealed record CaseProgressed(OrgPath Unit, string Text, IReadOnlyList<AttachmentRef>? Attachments) : CaseEvent, IBringsAttachments;

[StoredAs("case.result-submitted")]
public sealed record ResultSubmitted(string Result, IReadOnlyList<AttachmentRef>? Attachments) : CaseEvent, IBringsAttachments;

[StoredAs("case.result-returned")]
public sealed record ResultReturned(string Reason) : CaseEvent;

/// <summary>
/// Feedback goes to the petitioner and to the hotline (条例 15); to whoever found it, where nobody complained. What is answered in the
/// last hour before its limit says so.
/// </summary>
[StoredAs("case.answered")]
public sealed record CaseAnswered(string Reply, bool ToReporter = false, bool IsLastHour = false) : CaseEvent;

/// <summary>Whoever found it says whether it is put right (回).</summary>
[StoredAs("case.reporter-confirmed")]
public sealed record ReporterConfirmed(bool Solved, string? Remark) : CaseEvent;

/// <summary>Something new about the matter: from the petitioner himself, or written down by whoever spoke to him.</summary>
[StoredAs("case.facts-added")]
public sealed record FactsAdded(string Text, IReadOnlyList<AttachmentRef>? Attachments, string? SafetyWord = null) : CaseEvent, IBringsAttachments;

/// <summary>What the petitioner himself says of the answer. Whoever calls back sees it; the callback alone counts.</summary>
[StoredAs("case.petitioner-rated")]
public sealed record PetitionerRated(bool Solved, Satisfaction Satisfaction, string? Remark) : CaseEvent;

/// <summary>
/// He was asked and has answered. Entries without a <paramref name="Channel"/> are older: there <paramref name="Contacted"/> said whether
/// he was reached at all, as it still does for the unit that found it.
/// </summary>
[StoredAs("case.called-back")]
public sealed record PetitionerCalledBack(
    bool Contacted, bool Solved, Satisfaction Satisfaction, string? Remark, bool IsReporter = false, CallbackChannel? Channel = null,
    Reached? Reached = null, UnsolvedReason? Unsolved = null, UnsatisfiedReason? Unsatisfied = null) : CaseEvent
{
    /// <summary>A petitioner was reached and answered: this one counts.</summary>
    [JsonIgnore]
    public bool IsValid => !IsReporter && (Channel is not null || Contacted);
}

/// <summary>A call that reached nobody; he is called again then.</summary>
[StoredAs("case.callback-missed")]
public sealed record CallbackMissed(int Try, DateTimeOffset? Again, string? Remark) : CaseEvent;

/// <summary>
/// How he is asked, and the lot that says so: <paramref name="Lot"/> of the case by the plan's seed, and how many of the unit had been
/// drawn in the month. Without <paramref name="Plan"/> it was the portal's own.
/// </summary>
[StoredAs("case.callback-asked")]
public sealed record CallbackAsked(CallbackWay Way, DateTimeOffset? Until, int Lot, int DrawnBefore, bool HasLink, Guid? Plan, int PlanVersion, string Basis) : CaseEvent;

/// <summary>He has not answered the link in its time.</summary>
[StoredAs("case.callback-link-lapsed")]
public sealed record CallbackLinkLapsed(DateTimeOffset Until) : CaseEvent;

/// <summary>The message with the link could not be delivered; a person calls.</summary>
[StoredAs("case.callback-undelivered")]
public sealed record CallbackUndelivered : CaseEvent;

[StoredAs("case.contested")]
public sealed record ContestFiled(
    int No, ContestKind Kind, OrgPath Unit, ContestGround Ground, string Text, IReadOnlyList<AttachmentRef>? Attachments, DateTimeOffset DueAt, string Basis)
    : CaseEvent, IBringsAttachments;

[StoredAs("case.contest-examined")]
public sealed record ContestExamined(int No, bool Supported, string Finding, DateTimeOffset DueAt) : CaseEvent;

/// <summary>
/// What the petitioner says to the new call counts in the place of what he said first, where it says that it <paramref name="Replaces"/> it.
/// Older decisions do not: by those a new call changed the final result only, and their meaning stays.
/// </summary>
[StoredAs("case.contest-decided")]
public sealed record ContestDecided(int No, bool Upheld, ContestRemedy? Remedy, string Opinion, bool Replaces = false) : CaseEvent;

/// <summary>Whoever has the contest now should be done with it soon.</summary>
[StoredAs("case.contest-near")]
public sealed record ContestNear(int No, DateTimeOffset DueAt) : CaseEvent;

/// <summary>The contest was not examined, or not decided, in its time.</summary>
[StoredAs("case.contest-lapsed")]
public sealed record ContestLapsed(int No, DateTimeOffset DueAt) : CaseEvent;

[StoredAs("case.contest-withdrawn")]
public sealed record ContestWithdrawn(int No) : CaseEvent;

/// <summary>An officer has looked at the spot (现场核查), and says whether it is as the unit says.</summary>
[StoredAs("case.spot-checked")]
public sealed record SpotChecked(bool IsDone, string Finding, IReadOnlyList<AttachmentRef>? Attachments) : CaseEvent, IBringsAttachments;

[StoredAs("case.redone")]
public sealed record CaseRedone(string Reason, DateTimeOffset DueAt, string LimitBasis, Schedule? Schedule = null) : CaseEvent;

[StoredAs("case.closed")]
public sealed record CaseClosed(string Conclusion) : CaseEvent;

/// <summary>The printed file of a closed case was put away.</summary>
[StoredAs("case.file-stored")]
public sealed record CaseFileStored(AttachmentRef File, int Pages) : CaseEvent, IBringsAttachments
{
    IReadOnlyList<AttachmentRef> IBringsAttachments.Attachments => [File];
}

[StoredAs("case.archived")]
public sealed record CaseArchived(string ArchiveNumber, string Retention) : CaseEvent;

[StoredAs("case.whistle-sounded")]
public sealed record CaseWhistled(Guid Whistle, string Number, string Title, IReadOnlyList<OrgPath> Units) : CaseEvent;

[StoredAs("case.whistle-joined")]
public sealed record CaseWhistleJoined(Guid Whistle, OrgPath Unit) : CaseEvent;

[StoredAs("case.whistle-ended")]
public sealed record CaseWhistleEnded(Guid Whistle, string Number, string Result) : CaseEvent;

/// <summary>After the case was closed, the last marks of 双考评 came or their time was over: the printed file tells of them.</summary>
[StoredAs("case.whistle-assessed")]
public sealed record CaseWhistleAssessed(Guid Whistle, string Number) : CaseEvent;

[StoredAs("case.escalated")]
public sealed record CaseEscalated(Guid Whistle, OrgPath To, string Reason) : CaseEvent;

[StoredAs("case.escalation-decided")]
public sealed record CaseEscalationDecided(Guid Whistle, string Decision, string Text) : CaseEvent;

/// <summary>The owner asks a leader by itself, without a whistle.</summary>
[StoredAs("case.leader-asked")]
public sealed record CaseLeaderAsked(
    int No, OrgPath AddressedTo, RequestKind Kind, string Reason, DateTimeOffset? Until, string? Explanation, DecisionTime Decide, string DecideBasis) : CaseEvent;

[StoredAs("case.leader-decided")]
public sealed record CaseLeaderDecided(int No, Decision Decision, string Text) : CaseEvent;

/// <summary>Whoever asked needs no answer any more.</summary>
[StoredAs("case.leader-question-withdrawn")]
public sealed record CaseQuestionWithdrawn(int No) : CaseEvent;

/// <summary>To another leader of the unit.</summary>
[StoredAs("case.decision-forwarded")]
public sealed record CaseDecisionForwarded(int No, string UserId, string Name, string? Remark) : CaseEvent;

[StoredAs("case.decision-near")]
public sealed record CaseDecisionNear(int No, DateTimeOffset DueAt, string Basis) : CaseEvent;

[StoredAs("case.decision-lapsed")]
public sealed record CaseDecisionLapsed(int No, DateTimeOffset DueAt, string Basis) : CaseEvent;

/// <summary>More time, with the explanation that the petitioner was given (条例 15).</summary>
[StoredAs("case.extended")]
public sealed record CaseExtended(DateTimeOffset DueAt, string Reason, string Explanation) : CaseEvent;

[StoredAs("case.suspended")]
public sealed record CaseSuspended(DateTimeOffset Until, string Reason) : CaseEvent;

/// <summary>The clock stood still while the case was suspended, so the limit moves by that time.</summary>
[StoredAs("case.resumed")]
public sealed record CaseResumed(DateTimeOffset DueAt, string Reason) : CaseEvent;

[StoredAs("case.petitioner-revealed")]
public sealed record PetitionerRevealed(string Purpose) : CaseEvent;

[StoredAs("case.petitioner-erased")]
public sealed record PetitionerErased(string Basis) : CaseEvent;

[StoredAs("case.full-file-read")]
public sealed record FullFileRead(string Purpose) : CaseEvent;

/// <summary>Somebody with an interest in the case stays out of it from now on.</summary>
[StoredAs("case.officer-withdrew")]
public sealed record OfficerWithdrew(string Reason) : CaseEvent;

/// <summary>领导包案、专人包案: who answers for it by name, and who carries it.</summary>
[StoredAs("case.charge-assigned")]
public sealed record CaseChargeAssigned(InCharge Leader, InCharge? Worker, string Reason) : CaseEvent;

/// <summary>It waits for its dispatch longer than it may.</summary>
[StoredAs("case.dispatch-lapsed")]
public sealed record DispatchLapsed(DateTimeOffset DueAt) : CaseEvent;

/// <summary>A node of its plan has passed without what it asks for.</summary>
[StoredAs("case.node-lapsed")]
public sealed record NodeLapsed(NodeKind Node, DateTimeOffset DueAt) : CaseEvent;

/// <summary>催办, 督办, 查办 by the ladder of its plan.</summary>
[StoredAs("case.urged")]
public sealed record CaseUrged(UrgeKind Kind, OrgPath Unit, DateTimeOffset DueAt) : CaseEvent;

/// <summary>The limit has passed; the callback is due.</summary>
[StoredAs("case.limit-reached")]
public sealed record LimitReached(DateTimeOffset DueAt) : CaseEvent;

/// <summary>Nobody has ruled on the objection in time.</summary>
[StoredAs("case.review-lapsed")]
public sealed record ReviewLapsed(int No, DateTimeOffset ReviewBy) : CaseEvent;

/// <summary>It was parked until then and nobody has taken it up again.</summary>
[StoredAs("case.suspension-lapsed")]
public sealed record SuspensionLapsed(DateTimeOffset Until) : CaseEvent;
