using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

/// <summary>A unit that has a part in a case, and may therefore see it.</summary>
public sealed class CaseParty(Guid caseId, OrgPath unit, Part part)
{
    public Guid CaseId { get; private set; } = caseId;
    public OrgPath Unit { get; private set; } = unit;
    public Part Part { get; private set; } = part;

    /// <summary>Not taken back since, by another dispatch or an upheld objection.</summary>
    public bool IsCurrent { get; internal set; } = true;

    /// <summary>As the case is: it stands here too, so that a unit's few open cases are found among the many it ever had.</summary>
    public bool IsOpen { get; internal set; } = true;
}

/// <summary>A unit says a case is not its own. A neutral reviewer decides; the clock runs on until he upholds it (条例 12, 14).</summary>
public sealed class DispatchObjection(
    Guid caseId, int no, OrgPath district, string category, bool isReport, OrgPath unit, string reason, string basis, OrgPath? suggested, DateTimeOffset raisedAt, string raisedBy,
    DateTimeOffset? reviewBy)
{
    public Guid CaseId { get; private set; } = caseId;
    public int No { get; private set; } = no;

    /// <summary>Where and what the case is: a district's objections are counted without opening each case.</summary>
    public OrgPath District { get; private set; } = district;

    public string Category { get; private set; } = category;

    /// <summary>The case is a 举报, or turned out to be one: it is counted nowhere.</summary>
    public bool IsReport { get; internal set; } = isReport;

    public OrgPath Unit { get; private set; } = unit;
    public string Reason { get; private set; } = reason;
    public string Basis { get; private set; } = basis;
    public OrgPath? Suggested { get; private set; } = suggested;
    public DateTimeOffset RaisedAt { get; private set; } = raisedAt;
    public string RaisedBy { get; private set; } = raisedBy;
    public DateTimeOffset? ReviewBy { get; private set; } = reviewBy;

    /// <summary>It was not reviewed in time: a fact that stays.</summary>
    public DateTimeOffset? ReviewLapsedAt { get; internal set; }

    public ObjectionState State { get; private set; } = ObjectionState.Open;
    public string? Opinion { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }

    internal void Decide(bool upheld, string opinion, DateTimeOffset at) =>
        (State, Opinion, ReviewedAt) = (upheld ? ObjectionState.Upheld : ObjectionState.Dismissed, opinion, at);
}

/// <summary>How the petitioner himself rates the answer, as he said it last.</summary>
public sealed record PetitionerRating(bool Solved, Satisfaction Satisfaction, string? Remark, DateTimeOffset At);
