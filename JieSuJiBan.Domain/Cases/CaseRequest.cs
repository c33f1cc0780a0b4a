using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Domain.Cases;

/// <summary>Something that the owner of a case asks a leader: more time, to park it, or to take the decision up.</summary>
public sealed class CaseRequest
{
    private CaseRequest() { }  // for EF

    internal CaseRequest(Guid caseId, CaseLeaderAsked asked, ActorStamp by, DateTimeOffset at)
    {
        (CaseId, No, AddressedTo, Kind, Reason) = (caseId, asked.No, asked.AddressedTo, asked.Kind, asked.Reason);
        (Until, Explanation, AskedBy, AskedById, AskedAt) = (asked.Until, asked.Explanation, by.Unit, by.UserId, at);
        (DecideBy, RemindAt, DecideBasis) = (asked.Decide.DueAt, asked.Decide.RemindAt, asked.DecideBasis);
    }

    public Guid CaseId { get; private set; }
    public int No { get; private set; }

    /// <summary>The unit itself or the district. Its leader decides.</summary>
    public OrgPath AddressedTo { get; private set; }

    public RequestKind Kind { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset? Until { get; private set; }
    public string? Explanation { get; private set; }
    public OrgPath AskedBy { get; private set; }

    /// <summary>The account. Nobody decides on what he asked himself, in whatever post.</summary>
    public string AskedById { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>By when it is decided, when the leader is reminded, since when it is late, and what that rests on.</summary>
    public DateTimeOffset DecideBy { get; private set; }

    public DateTimeOffset? RemindAt { get; internal set; }
    public DateTimeOffset? LapsedAt { get; internal set; }
    public string DecideBasis { get; private set; } = "";

    /// <summary>The account of the one leader to whom it was handed; nobody, if any of them decides.</summary>
    public string? For { get; private set; }

    public string? ForName { get; private set; }
    public Decision Decision { get; private set; }
    public string? Text { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    internal void Forward(CaseDecisionForwarded forwarded) => (For, ForName) = (forwarded.UserId, forwarded.Name);

    internal void Decide(CaseLeaderDecided decided, string by, DateTimeOffset at) => (Decision, Text, DecidedBy, DecidedAt) = (decided.Decision, decided.Text, by, at);

    internal void Drop(DateTimeOffset at)
    {
        if (Decision == Decision.Waiting)
        {
            (Decision, DecidedAt) = (Decision.Moot, at);
        }
    }
}
