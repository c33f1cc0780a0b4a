using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Enterprises;

public abstract record EnterpriseReportEvent : LogEvent;

/// <summary>Counted and written by the portal, and taken over by a person.</summary>
[StoredAs("enterprise-report.drafted")]
public sealed record EnterpriseReportDrafted(OrgPath District, EnterpriseMonth Month, IReadOnlyList<ReportFinding> Findings) : EnterpriseReportEvent;

[StoredAs("enterprise-report.edited")]
public sealed record EnterpriseReportEdited(IReadOnlyList<ReportFinding> Findings) : EnterpriseReportEvent;

/// <summary>Counted and written anew before it was published; what had been edited is gone.</summary>
[StoredAs("enterprise-report.recounted")]
public sealed record EnterpriseReportRecounted(EnterpriseMonth Month, IReadOnlyList<ReportFinding> Findings) : EnterpriseReportEvent;

[StoredAs("enterprise-report.published")]
public sealed record EnterpriseReportPublished : EnterpriseReportEvent;

/// <summary>A later edition with the figures it rests on. The scheme stays, and the former edition stays in the log.</summary>
[StoredAs("enterprise-report.corrected")]
public sealed record EnterpriseReportCorrected(int Edition, EnterpriseMonth Month, IReadOnlyList<ReportFinding> Findings, string Reason) : EnterpriseReportEvent;

/// <summary>
/// A district's monthly report on what firms demanded (企业诉求综合考评报告). Figures, scheme and text are frozen together in its
/// events; whatever happens to the cases later, an edition says what it said.
/// </summary>
public sealed class EnterpriseReport : Aggregate
{
    public const int MostFindings = 60, MaxReason = 500;

    private EnterpriseReport() { }  // for EF and replay

    public OrgPath District { get; private set; }

    /// <summary>2026-03.</summary>
    public string Key { get; private set; } = "";

    public EnterpriseMonth Month { get; private set; } = null!;

    public IReadOnlyList<ReportFinding> Findings { get; private set; } = [];

    /// <summary>0 until it is published.</summary>
    public int Edition { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Why there is a later edition.</summary>
    public string? Reason { get; private set; }

    public bool IsPublished => Edition > 0;

    /// <summary>Whose demands or rates stand in its tables.</summary>
    public IEnumerable<OrgPath> Units => Month.Tables.SelectMany(table => table.Lines).Select(line => line.Row.Unit).Concat(Month.Ranking.Rows.Select(row => row.Unit)).Distinct();

    protected override Guid? LogCaseId => null;

    public static EnterpriseReport Replay(IEnumerable<LogEntry> log) => Replay(new EnterpriseReport(), log);

    /// <summary>Whoever oversees the district drafts and edits it.</summary>
    public static bool CanKeep(Actor by) => by.Role.OverseesDistrict();

    /// <summary>It assesses units by their callbacks, so it is published by those who publish the rankings.</summary>
    public static bool CanPublish(Actor by) => PublishedRanking.CanPublish(by);

    public static (EnterpriseReport? Report, Outcome Outcome) Draft(Guid id, EnterpriseMonth month, IReadOnlyList<ReportFinding> findings, Actor by, DateTimeOffset now)
    {
        if (((CanKeep(by) ? null : s_keeper) ?? CheckEnded(month, now) ?? Check(findings)) is { } refusal)
        {
            return (null, refusal);
        }

        var report = new EnterpriseReport { Id = id };
        report.Record(new EnterpriseReportDrafted(by.Unit.District, month, findings), by, now);
        return (report, Outcome.Done);
    }

    public Outcome Edit(IReadOnlyList<ReportFinding> findings, Actor by, DateTimeOffset now) =>
        CheckKeeper(by) ?? CheckDraft() ?? Check(findings) ?? Add(new EnterpriseReportEdited(findings), by, now);

    public Outcome Recount(EnterpriseMonth month, IReadOnlyList<ReportFinding> findings, Actor by, DateTimeOffset now) =>
        CheckKeeper(by) ?? CheckDraft() ?? CheckSame(month) ?? Check(findings) ?? Add(new EnterpriseReportRecounted(month, findings), by, now);

    public Outcome Publish(Actor by, DateTimeOffset now) => CheckPublisher(by) ?? CheckDraft() ?? Add(new EnterpriseReportPublished(), by, now);

    /// <param name="month">The figures as they were, or counted anew by the same scheme.</param>
    public Outcome Correct(EnterpriseMonth month, IReadOnlyList<ReportFinding> findings, string reason, Actor by, DateTimeOffset now) =>
        CheckPublisher(by)
        ?? (IsPublished ? null : new Refusal("enterprise-report.draft", "还没有发布，直接修改即可。", "It is not published yet: just edit it."))
        ?? (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason ? new Refusal("enterprise-report.reason", $"请用{MaxReason}字以内写明更正原因。", $"Say why, in at most {MaxReason} characters.", "reason") : null)
        ?? CheckSame(month)
        ?? Check(findings)
        ?? Add(new EnterpriseReportCorrected(Edition + 1, month, findings, reason.Trim()), by, now);

    private static readonly Refusal s_keeper = new("enterprise-report.role", "企业诉求报告由区指挥中心、督查或区领导起草。", "The district's centre, supervisors and leaders draft it.");

    private static Refusal? CheckEnded(EnterpriseMonth month, DateTimeOffset now) =>
        month.Now.Until <= WorkCalendar.DateAt(now) ? null : new Refusal("enterprise-report.running", "本期还没有结束，期末后再起草。", "The period is not over yet.");

    private static Refusal? Check(IReadOnlyList<ReportFinding> findings) =>
        findings.Count is 0 or > MostFindings || findings.Any(finding => string.IsNullOrWhiteSpace(finding.Text) || finding.Text.Length > ReportFinding.MaxText || !Enum.IsDefined(finding.Part))
            ? new Refusal("enterprise-report.findings", $"请写1至{MostFindings}条，每条不超过{ReportFinding.MaxText}字。", $"Write 1 to {MostFindings} paragraphs of at most {ReportFinding.MaxText} characters.", "findings")
            : null;

    private Refusal? CheckKeeper(Actor by) => CanKeep(by) && by.Unit.District == District ? null : s_keeper;

    private Refusal? CheckPublisher(Actor by) =>
        CanPublish(by) && by.Unit.District == District ? null : new("enterprise-report.publisher", "由区领导或督查发布。", "The district's leaders and supervisors publish it.");

    private Refusal? CheckDraft() =>
        IsPublished ? new("enterprise-report.published", "已经发布，更正须说明原因并另出一版。", "It is published: a correction is a new edition with a reason.") : null;

    private Refusal? CheckSame(EnterpriseMonth month) =>
        (month.Now.Key, month.Now.From, month.Now.Until) == (Key, Month.Now.From, Month.Now.Until) && (!IsPublished || month.Scheme.Version == Month.Scheme.Version)
            ? null : new("enterprise-report.other", "期间或考评方案不是这份报告的。", "Another period or scheme.");

    private Outcome Add(EnterpriseReportEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case EnterpriseReportDrafted e: (District, Key, Month, Findings) = (e.District, e.Month.Now.Key, e.Month, e.Findings); break;
            case EnterpriseReportEdited e: Findings = e.Findings; break;
            case EnterpriseReportRecounted e: (Month, Findings) = (e.Month, e.Findings); break;
            case EnterpriseReportPublished: (Edition, PublishedAt) = (1, entry.At); break;
            case EnterpriseReportCorrected e: (Edition, Month, Findings, Reason, PublishedAt) = (e.Edition, e.Month, e.Findings, e.Reason, entry.At); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
