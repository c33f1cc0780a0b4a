using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Delegations;

public abstract record DelegationEvent : LogEvent;

/// <summary>Who decides for whom, in which post, and how long.</summary>
public sealed record DelegationTerms(
    OrgPath Unit, Role Role, string Leader, string LeaderName, string Deputy, string DeputyName, DateTimeOffset From, DateTimeOffset To)
{
    public bool Overlaps(DelegationTerms other) => Leader == other.Leader && Unit == other.Unit && Role == other.Role && From < other.To && other.From < To;
}

[StoredAs("delegation.given")]
public sealed record DelegationGiven(DelegationTerms Terms, string Reason) : DelegationEvent;

/// <summary>Ended before its time, by the leader who is back or by the deputy who hands it back.</summary>
[StoredAs("delegation.ended")]
public sealed record DelegationEnded : DelegationEvent;
