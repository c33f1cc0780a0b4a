using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Reviews;

public abstract record ReviewEvent : LogEvent;

/// <summary>It looks back to where the last one of the same rhythm ended.</summary>
[StoredAs("review.opened")]
public sealed record ReviewOpened(string Number, OrgPath Unit, Rhythm Rhythm, DateTimeOffset From) : ReviewEvent;

[StoredAs("review.attended")]
public sealed record ReviewAttended(Attendance Attendance) : ReviewEvent;

[StoredAs("review.remarked")]
public sealed record ReviewRemarked(string Text) : ReviewEvent;

/// <summary>Decided, and given to the unit as a task in the same moment: the order that carries it is named.</summary>
[StoredAs("review.decided")]
public sealed record ReviewDecided(int No, DecisionTerms Terms, Guid Order, string OrderNumber) : ReviewEvent;

/// <summary>The numbers stay as they were read for the time up to <paramref name="To"/>, where the next one begins.</summary>
[StoredAs("review.closed")]
public sealed record ReviewClosed(DateTimeOffset To, IReadOnlyList<Figure> Figures) : ReviewEvent;
