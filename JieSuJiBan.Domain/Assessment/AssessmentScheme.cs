using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Assessment;

public abstract record SchemeEvent : LogEvent;

/// <summary>A new version of the scheme. What runs or was published keeps its own.</summary>
[StoredAs("scheme.set")]
public sealed record SchemeSet(OrgPath District, SchemeTerms Terms, string Reason) : SchemeEvent;

/// <summary>
/// A district's assessment scheme (考评方案). Its log is its versions; a version is the number of the entry that set it, and serves
/// from a day on, until another does.
/// </summary>
public sealed class AssessmentScheme : Aggregate
{
    public const int MaxReason = 500;

    private AssessmentScheme() { }  // for EF and replay

    public OrgPath District { get; private set; }

    /// <summary>What the last version says; it may begin later.</summary>
    public SchemeTerms? Terms { get; private set; }

    protected override Guid? LogCaseId => null;

    public static AssessmentScheme Replay(IEnumerable<LogEntry> log) => Replay(new AssessmentScheme(), log);

    /// <summary>Whoever assesses: the district's leaders and supervisors. The command centre, which makes the callbacks, does not also set how they count.</summary>
    public static bool CanKeep(Actor by) => by.Role is Role.DistrictLeader or Role.Supervisor && by.Unit.District.Kind == UnitKind.District;

    public static (AssessmentScheme? Scheme, Outcome Outcome) Begin(Guid id, SchemeTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        var scheme = new AssessmentScheme { Id = id, District = by.Unit.District };
        var outcome = scheme.Set(terms, reason, by, now);
        return (outcome.IsDone ? scheme : null, outcome);
    }

    public Outcome Set(SchemeTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        if ((CheckRole(by) ?? terms.Problems(District, WorkCalendar.DateAt(now)).FirstOrDefault() ?? CheckReason(reason) ?? (Terms is not null && terms.Says(Terms) ? s_same : null)) is { } refusal)
        {
            return refusal;
        }

        Record(new SchemeSet(District, terms, reason.Trim()), by, now);
        return Outcome.Done;
    }

    private static readonly Refusal s_same = new("scheme.same", "内容没有变化。", "Nothing has changed.");

    private Refusal? CheckRole(Actor by) =>
        CanKeep(by) && by.Unit.District == District ? null : new("scheme.role", "考评方案由区领导或督查维护。", "The district's leaders and supervisors keep the scheme.");

    internal static Refusal? CheckReason(string reason) =>
        reason.Trim().Length is 0 or > MaxReason ? new("scheme.reason", $"请写明理由，最多{MaxReason}个字。", $"Give the reason, in at most {MaxReason} characters.", "reason") : null;

    protected override void Apply(LogEntry entry)
    {
        var e = (SchemeSet)entry.Event;
        (District, Terms) = (e.District, e.Terms);
    }
}
