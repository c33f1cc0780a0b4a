using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>
/// What the portal thinks of a case (研判): what it is about, where exactly it is, who should get it; and what became of that. Begun
/// in the transaction that registers the case, so none is forgotten. Kept beside the case so that repeats, crowds and the matcher's
/// record are each one indexed question.
/// </summary>
public sealed class Triage
{
    public required Guid CaseId { get; init; }
    public required OrgPath District { get; init; }

    /// <summary>When it was demanded, which an import may tell later.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The first two levels of the case's category: one class of matters.</summary>
    public required string Class { get; init; }

    /// <summary>The street or community, and the street alone.</summary>
    public required OrgPath Home { get; init; }

    public required OrgPath Street { get; init; }

    /// <summary>The estate, village or road that the demand names; empty if it names none.</summary>
    public required string PlaceName { get; set; }

    /// <summary>Nobody has looked at it yet; the look-out takes the oldest first.</summary>
    public DateTimeOffset? PendingSince { get; set; }

    public DispatchProposal? Proposal { get; set; }

    /// <summary>The unit that was proposed first, and how sure the matcher was.</summary>
    public OrgPath? Proposed { get; set; }

    public double Confidence { get; set; }

    public Guid? Crowd { get; set; }

    /// <summary>Who has it now; nobody while an upheld objection waits for another dispatch.</summary>
    public OrgPath? Lead { get; set; }

    public DateTimeOffset? DispatchedAt { get; set; }

    /// <summary>The matcher dispatched it alone.</summary>
    public bool IsAutomatic { get; set; }

    /// <summary>The unit that was proposed first is the one that has it; nothing before the dispatch, or without a proposal.</summary>
    public bool? IsRight { get; set; }

    public void Assess() => IsRight = Proposed is { } proposed && DispatchedAt is not null ? proposed == Lead : null;
}

/// <summary>
/// What the matcher is taught, in the order in which it became known: this unit was right for this case, or was wrong. Written with
/// the act that showed it. Every node reads on from the last lesson it has learnt.
/// </summary>
public sealed class Lesson
{
    public long Id { get; init; }
    public required OrgPath District { get; init; }
    public required Guid CaseId { get; init; }
    public required OrgPath Unit { get; init; }
    public required bool IsRight { get; init; }
    public required DateTimeOffset At { get; init; }
}
