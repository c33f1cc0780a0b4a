using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Callbacks;

public abstract record CallbackPlanEvent : LogEvent;

/// <summary>A new version. What was drawn by an older one stays as it was drawn.</summary>
[StoredAs("callback-plan.set")]
public sealed record CallbackPlanSet(OrgPath District, CallbackTerms Terms, string Reason) : CallbackPlanEvent;

/// <summary>A district's plan for callbacks and reviews (回访方案). One stream for each district; a version is the number of its entry.</summary>
public sealed class CallbackPlan : Aggregate
{
    private CallbackPlan() { }  // for EF and replay

    public OrgPath District { get; private set; }

    public CallbackTerms? Terms { get; private set; }

    protected override Guid? LogCaseId => null;

    public static CallbackPlan Replay(IEnumerable<LogEntry> log) => Replay(new CallbackPlan(), log);

    /// <summary>The first plan of a district.</summary>
    public static (CallbackPlan? Plan, Outcome Outcome) Begin(Guid id, OrgPath district, CallbackTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        var plan = new CallbackPlan { Id = id, District = district };
        var outcome = plan.Set(terms, reason, by, now);
        return (outcome.IsDone ? plan : null, outcome);
    }

    public static bool CanKeep(Actor by) => by.Role is Role.Dispatcher or Role.Supervisor && by.Unit.District.Kind == UnitKind.District;

    public Outcome Set(CallbackTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        if (!CanKeep(by) || by.Unit.District != District)
        {
            return new Refusal("callback-plan.role", "回访方案由区指挥中心或督查维护。", "The command centre and the supervisors keep the plan.");
        }

        if (terms.Problems().FirstOrDefault() is { } problem)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("callback-plan.missing.reason", "请写明理由。", "Give the reason.", "reason");
        }

        Record(new CallbackPlanSet(District, terms with { Basis = terms.Basis.Trim() }, reason.Trim()), by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        var e = (CallbackPlanSet)entry.Event;
        (District, Terms) = (e.District, e.Terms);
    }
}
