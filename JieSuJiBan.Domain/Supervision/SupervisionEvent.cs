using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Supervision;

public abstract record SupervisionEvent : LogEvent;

/// <summary>
/// An order went out. <paramref name="Rule"/> says which rule did it, where nobody did; <paramref name="RuleKey"/> is what the same rule
/// finds again for the same thing.
/// </summary>
[StoredAs("supervision.issued")]
public sealed record SupervisionIssued(
    string Number, OrgPath District, OrderTerms Terms, IReadOnlyList<OrgPath> CopyTo, string? Rule = null, string? RuleKey = null) : SupervisionEvent;

[StoredAs("supervision.answered")]
public sealed record SupervisionAnswered(string Text, IReadOnlyList<AttachmentRef>? Attachments) : SupervisionEvent, IBringsAttachments;

/// <summary>The answer does not do; another is due by then.</summary>
[StoredAs("supervision.returned")]
public sealed record SupervisionReturned(string Reason, DateTimeOffset DueAt) : SupervisionEvent;

[StoredAs("supervision.settled")]
public sealed record SupervisionSettled(string Opinion) : SupervisionEvent;

[StoredAs("supervision.withdrawn")]
public sealed record SupervisionWithdrawn(string Reason) : SupervisionEvent;

/// <summary>The answer is late.</summary>
[StoredAs("supervision.lapsed")]
public sealed record SupervisionLapsed(DateTimeOffset DueAt) : SupervisionEvent;

/// <summary>The case it is about has turned out to be a 举报: whoever it is about sees the order no more.</summary>
[StoredAs("supervision.turned-to-report")]
public sealed record SupervisionTurnedToReport(OrgPath? Reported) : SupervisionEvent;
