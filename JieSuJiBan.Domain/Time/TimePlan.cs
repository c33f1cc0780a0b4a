using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Time;

public abstract record TimePlanEvent : LogEvent;

/// <summary>A new version of the plan. Cases that run keep theirs.</summary>
[StoredAs("plan.set")]
public sealed record TimePlanSet(OrgPath District, PlanTerms Terms, string Reason) : TimePlanEvent;

/// <summary>The same for whistles of a kind.</summary>
[StoredAs("plan.whistle-set")]
public sealed record WhistlePlanSet(OrgPath District, WhistleTerms Terms, string Reason) : TimePlanEvent;

[StoredAs("plan.ended")]
public sealed record TimePlanEnded(string Reason) : TimePlanEvent;

/// <summary>
/// A district's time plan (时限方案): limit, nodes and ladder for one sort of case, or the limits and the overdue chain for one kind of
/// whistle. Its log is its versions; a version is the number of the entry that set it.
/// </summary>
public sealed class TimePlan : Aggregate
{
    private TimePlan() { }  // for EF and replay

    public OrgPath District { get; private set; }

    /// <summary>What it says for cases; none if it is for whistles.</summary>
    public PlanTerms? Terms { get; private set; }

    /// <summary>What it says for whistles; none if it is for cases.</summary>
    public WhistleTerms? Whistles { get; private set; }

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
        return Set(Whistles is null, terms.Problems(calendar), new TimePlanSet(District, terms, reason.Trim()), reason, by, now);
    }

    public static (TimePlan? Plan, Outcome Outcome) Begin(Guid id, WhistleTerms terms, string reason, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        var plan = new TimePlan { Id = id, District = by.Unit.District };
        var outcome = plan.Set(terms, reason, calendar, by, now);
        return (outcome.IsDone ? plan : null, outcome);
    }

    /// <summary>A new version for whistles of the same kind.</summary>
    public Outcome Set(WhistleTerms terms, string reason, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        return Set(Version == 0 || Whistles?.Kind == terms.Kind, terms.Problems(calendar), new WhistlePlanSet(District, terms, reason.Trim()), reason, by, now);
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

    private Outcome Set(bool fits, IEnumerable<Refusal> problems, TimePlanEvent set, string reason, Actor by, DateTimeOffset now)
    {
        if ((CheckRole(by) ?? (Version > 0 && !IsInForce ? s_ended : null) ?? (fits ? null : s_another) ?? problems.FirstOrDefault() ?? Missing(reason)) is { } refusal)
        {
            return refusal;
        }

        Record(set, by, now);
        return Outcome.Done;
    }

    private static readonly Refusal s_another = new("plan.another", "这个方案是别的案件或哨类的。", "This plan is for something else.");

    private static readonly Refusal s_ended = new("plan.ended", "这个方案已停用。", "This plan has ended.");

    private Refusal? CheckRole(Actor by) =>
        CanKeep(by) && by.Unit.District == District ? null : new("plan.role", "时限方案由区指挥中心或督查维护。", "The command centre and the supervisors keep the time plans.");

    private static Refusal? Missing(string reason) => string.IsNullOrWhiteSpace(reason) ? new("plan.missing.reason", "请写明理由。", "Give the reason.", "reason") : null;

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case TimePlanSet e: (District, Terms, IsInForce) = (e.District, e.Terms, true); break;
            case WhistlePlanSet e: (District, Whistles, IsInForce) = (e.District, e.Terms, true); break;
            case TimePlanEnded: IsInForce = false; break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
