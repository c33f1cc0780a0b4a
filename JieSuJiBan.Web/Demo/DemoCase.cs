using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Demo;

/// <summary>How far a demo case gets.</summary>
internal enum DemoEnd
{
    Registered, SolvedOnTheSpot, AnsweredAtOnce, Informed, Merged, Dispatched, Objected, Accepted, Contacted, InProgress, Whistle, Submitted, Answered, Confirmed,
    CalledBack, Redone, Closed, Archived, TakenOver,
}

/// <summary>One invented case as <c>cases.json</c> tells it.</summary>
internal sealed record DemoCase(
    string Title, string Text, string Place, string Home, string Category, Nature Nature, Channel Channel, Petitioner? Petitioner, double RegisteredHoursAgo,
    string Limit, string? Lead, IReadOnlyList<string>? CoUnits, string? Note, DemoEnd End, string? Reply0, InformReason? InformReason, string? MergeInto,
    DemoObjection? Objection, DemoAssist? Assist, string? Contact, IReadOnlyList<string>? Progress, string? Result, string? Reply, DemoCallback? Callback,
    string? Redo, string? Conclusion, string? ReportedUnit, DemoWhistle? Whistle, IReadOnlyDictionary<string, string>? Details);

internal sealed record DemoObjection(string Reason, string Basis, string? Suggested, bool? Upheld, string? Opinion);

internal sealed record DemoAssist(string Unit, string Ask);

internal sealed record DemoCallback(bool Contacted, bool Solved, Satisfaction Satisfaction, string? Remark);

internal sealed record DemoWhistle(
    WhistleKind Kind, WhistleSubject Subject, Grounds Grounds, string Title, string Tried, string LegalBasis, IReadOnlyList<DemoSummons> Summons,
    WhistleStage Stage, IReadOnlyList<DemoMessage>? Messages, DemoRequest? Request, string? ReturnReason, string? RecallReason, string? Result);

internal sealed record DemoSummons(
    string Unit, bool IsLead, string Ask, UnitState State, string? ResponseText, ReportMode? Mode, string? ReportText, string? ObjectionReason,
    string? ObjectionBasis, string? Measure, string? Person, int? DueDays, string? Feedback);

internal sealed record DemoMessage(string Unit, string Text);

internal sealed record DemoRequest(
    RequestKind Kind, string Reason, string? Explanation, int? Days, string? Unit, string? NewUnit, Decision? Decision, string? DecisionText);
