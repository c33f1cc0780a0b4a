using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Insight;

/// <summary>Where a number of a finding can be opened.</summary>
public sealed record FindingLink(string Name, string Address);

/// <summary>One sentence or two about a month, and the ways to the cases behind its numbers.</summary>
public sealed record Finding(string Text, IReadOnlyList<FindingLink> Links)
{
    public const int MaxText = 1000;
}

public abstract record AnalysisEvent : LogEvent;

/// <summary>The sentences that the portal wrote, as somebody took them over.</summary>
[StoredAs("analysis.drafted")]
public sealed record AnalysisDrafted(OrgPath District, DateOnly Month, IReadOnlyList<Finding> Findings) : AnalysisEvent;

[StoredAs("analysis.edited")]
public sealed record AnalysisEdited(IReadOnlyList<Finding> Findings) : AnalysisEvent;

[StoredAs("analysis.published")]
public sealed record AnalysisPublished : AnalysisEvent;

/// <summary>A new edition of what was published; the former one stays in the log.</summary>
[StoredAs("analysis.corrected")]
public sealed record AnalysisCorrected(int Edition, IReadOnlyList<Finding> Findings, string Reason) : AnalysisEvent;

/// <summary>What a month says about a district: written by the portal from its figures, edited and published by a person.</summary>
public sealed class MonthlyAnalysis : Aggregate
{
    public const int MostFindings = 30, MaxReason = 500;

    private MonthlyAnalysis() { }  // for EF and replay

    public OrgPath District { get; private set; }

    /// <summary>Its first day.</summary>
    public DateOnly Month { get; private set; }

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>0 until it is published.</summary>
    public int Edition { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Why there is a later edition.</summary>
    public string? Reason { get; private set; }

    public bool IsPublished => Edition > 0;

    protected override Guid? LogCaseId => null;

    public static MonthlyAnalysis Replay(IEnumerable<LogEntry> log) => Replay(new MonthlyAnalysis(), log);

    public static bool CanKeep(Actor by) => by.Role.OverseesDistrict();

    /// <param name="month">Its first day. Only a month that is over can be judged.</param>
    public static (MonthlyAnalysis? Analysis, Outcome Outcome) Draft(Guid id, DateOnly month, IReadOnlyList<Finding> findings, Actor by, DateTimeOffset now)
    {
        if (!CanKeep(by))
        {
            return (null, s_role);
        }

        if (WorkCalendar.Midnight(month.AddMonths(1)) > now)
        {
            return (null, new Refusal("analysis.month", "这个月还没有结束，月底后再定稿。", "The month is not over yet."));
        }

        if (Check(findings) is { } refusal)
        {
            return (null, refusal);
        }

        var analysis = new MonthlyAnalysis { Id = id };
        analysis.Record(new AnalysisDrafted(by.Unit.District, month, findings), by, now);
        return (analysis, Outcome.Done);
    }

    public Outcome Edit(IReadOnlyList<Finding> findings, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (IsPublished ? new Refusal("analysis.published", "已经发布，更正须说明原因并另出一版。", "It is published: a correction is a new edition with a reason.") : null)
        ?? Check(findings)
        ?? Add(new AnalysisEdited(findings), by, now);

    public Outcome Publish(Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (IsPublished ? new Refusal("analysis.published", "已经发布，更正须说明原因并另出一版。", "It is published: a correction is a new edition with a reason.") : null)
        ?? Add(new AnalysisPublished(), by, now);

    public Outcome Correct(IReadOnlyList<Finding> findings, string reason, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (!IsPublished ? new Refusal("analysis.draft", "还没有发布，直接修改即可。", "It is not published yet: just edit it.") : null)
        ?? (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason ? new Refusal("analysis.reason", $"请用{MaxReason}字以内写明更正原因。", $"Say why, in at most {MaxReason} characters.", "reason") : null)
        ?? Check(findings)
        ?? Add(new AnalysisCorrected(Edition + 1, findings, reason.Trim()), by, now);

    private static readonly Refusal s_role = new("analysis.role", "月度分析由区指挥中心、督查或区领导定稿。", "The district's centre, supervisors and leaders keep it.");

    private static Refusal? Check(IReadOnlyList<Finding> findings) =>
        findings.Count is 0 or > MostFindings || findings.Any(finding => string.IsNullOrWhiteSpace(finding.Text) || finding.Text.Length > Finding.MaxText)
            ? new Refusal("analysis.findings", $"请写1至{MostFindings}条，每条不超过{Finding.MaxText}字。", $"Write 1 to {MostFindings} findings of at most {Finding.MaxText} characters.", "findings")
            : null;

    private Refusal? CheckKeeper(Actor by) => CanKeep(by) && by.Unit.District == District ? null : s_role;

    private Outcome Add(AnalysisEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case AnalysisDrafted e: (District, Month, Findings) = (e.District, e.Month, e.Findings); break;
            case AnalysisEdited e: Findings = e.Findings; break;
            case AnalysisPublished: (Edition, PublishedAt) = (1, entry.At); break;
            case AnalysisCorrected e: (Edition, Findings, Reason, PublishedAt) = (e.Edition, e.Findings, e.Reason, entry.At); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
