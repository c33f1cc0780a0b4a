using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>A unit that the matcher proposes. <paramref name="Confidence"/> is the chance, 0 to 1, that it is the right one; the reasons are sentences.</summary>
public sealed record ProposedUnit(OrgPath Unit, double Confidence, IReadOnlyList<string> Reasons);

/// <summary>What the matcher proposed, the likeliest unit first. It goes into the log with the dispatch, whoever decided.</summary>
public sealed record DispatchProposal(IReadOnlyList<ProposedUnit> Units)
{
    public const int Most = 3;

    public ProposedUnit? Top => Units.Count > 0 ? Units[0] : null;
}
