using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Time;

public abstract record TimePlanEvent : LogEvent;

/// <summary>A new version of the plan. Cases that run keep theirs.</summary>
[StoredAs("plan.set")]
public sealed record TimePlanSet(OrgPath District, PlanTerms Terms, string Reason) : TimePlanEvent;

[StoredAs("plan.ended")]
public sealed record TimePlanEnded(string Reason) : TimePlanEvent;

/// <summary>
/// A district's time plan (时限方案): limit, nodes and ladder for one sort of case. Its log is its versions; a version is the number of
/// the entry that set it.
/// </summary>
public sealed class TimePlan : Aggregate
{
    private TimePlan() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public PlanTerms Terms { get; private set; } = null!;
    public bool IsInForce { get; private set; }

    protected override Guid? LogCaseId => null;

    public static TimePlan Replay(IEnumerable<LogEntry> log) => Replay(new TimePlan(), log);

    public static (TimePlan? Plan, Outcome Outcome) Begin(Guid id, PlanTerms terms, string reason, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        var plan = new TimePlan { Id = id, District = by.Unit.District };
        var outcome = plan.Set(terms, reason, calendar, by, now);
        return (outcome.IsDone ? plan : null, outcome);
    }

    public Outcome Set(PlanTerms terms, string reason, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        if ((CheckRole(by) ?? (Version > 0 && !IsInForce ? s_ended : null) ?? terms.Problems(calendar).FirstOrDefault() ?? Missing(reason)) is { } refusal)
        {
            return refusal;
        }

        Record(new TimePlanSet(District, terms, reason.Trim()), by, now);
        return Outcome.Done;
    }

    public Outcome End(string reason, Actor by, DateTimeOffset now)
    {
        if ((CheckRole(by) ?? (IsInForce ? null : s_ended) ?? Missing(reason)) is { } refusal)
        {
            return refusal;
        }

        Record(new TimePlanEnded(reason.Trim()), by, now);
        return Outcome.Done;
    }

    public static bool CanKeep(Actor by) => by.Role is Role.Dispatcher or Role.Supervisor && by.Unit.District.Kind == UnitKind.District;

    private static readonly Refusal s_ended = new("plan.ended", "这个方案已停用。", "This plan has ended.");

    private Refusal? CheckRole(Actor by) =>
        CanKeep(by) && by.Unit.District == District ? null : new("plan.role", "时限方案由区指挥中心或督查维护。", "The command centre and the supervisors keep the time plans.");

    private static Refusal? Missing(string reason) => string.IsNullOrWhiteSpace(reason) ? new("plan.missing.reason", "请写明理由。", "Give the reason.", "reason") : null;

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case TimePlanSet e: (District, Terms, IsInForce) = (e.District, e.Terms, true); break;
            case TimePlanEnded: IsInForce = false; break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
