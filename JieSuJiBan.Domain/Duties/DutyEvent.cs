using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Duties;

public abstract record DutyEvent : LogEvent;

/// <summary>A duty was put forward; with nobody to judge it, it is in force. What one import brings has one batch.</summary>
[StoredAs("duty.proposed")]
public sealed record DutyProposed(OrgPath District, DutyTerms Terms, string? Reason, DutyJudge Judge, Guid? Batch) : DutyEvent;

/// <summary>Its terms are to change; while somebody has to judge that, the old ones stay in force.</summary>
[StoredAs("duty.revised")]
public sealed record DutyRevised(DutyTerms Terms, string Reason, DutyJudge Judge, Guid? Batch) : DutyEvent;

[StoredAs("duty.admitted")]
public sealed record DutyAdmitted(string Reason) : DutyEvent;

[StoredAs("duty.rejected")]
public sealed record DutyRejected(string Reason) : DutyEvent;

[StoredAs("duty.ended")]
public sealed record DutyEnded(string Reason) : DutyEvent;
