using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Crowds;

public abstract record CrowdEvent : LogEvent;

/// <summary>One of the demands that make up a crowd.</summary>
public sealed record CrowdMember(Guid Case, string Number, string Title);

/// <summary>Many demand the same at one place. <paramref name="Rule"/> says how many within how long, as the policy was then.</summary>
[StoredAs("crowd.raised")]
public sealed record CrowdRaised(OrgPath Home, string Class, string Place, IReadOnlyList<CrowdMember> Members, string Rule) : CrowdEvent;

[StoredAs("crowd.grown")]
public sealed record CrowdGrown(IReadOnlyList<CrowdMember> Members) : CrowdEvent;

[StoredAs("crowd.whistled")]
public sealed record CrowdWhistled(Guid Whistle, string Number) : CrowdEvent;

[StoredAs("crowd.dismissed")]
public sealed record CrowdDismissed(string Reason) : CrowdEvent;

/// <summary>
/// The district's leader has seen it and, if he has written anything, says what is to be done; by whom and until when, if he sends it
/// straight to a unit (直批直转).
/// </summary>
[StoredAs("crowd.instructed")]
public sealed record CrowdInstructed(string? Text, OrgPath? RoutedTo = null, DateTimeOffset? DueAt = null) : CrowdEvent;
