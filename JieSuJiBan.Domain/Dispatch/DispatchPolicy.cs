using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Dispatch;

public abstract record PolicyEvent : LogEvent;

/// <summary>The command centre says how sure the matcher must be, and what a crowd is.</summary>
[StoredAs("policy.set")]
public sealed record PolicySet(OrgPath District, PolicyValues Values, string Reason) : PolicyEvent;

/// <summary>
/// Above <paramref name="Threshold"/> (0.5 to 1) the matcher dispatches alone, while <paramref name="IsAutomatic"/>. As many demands as
/// <paramref name="CrowdSize"/> of one class at one place within <paramref name="CrowdHours"/> are a crowd.
/// </summary>
public sealed record PolicyValues(bool IsAutomatic, double Threshold, int CrowdSize, int CrowdHours)
{
    /// <summary>Until a command centre says otherwise. The numbers of a crowd are a proposal of ours; switching on is the centre's own act.</summary>
    public static readonly PolicyValues Default = new(false, 0.9, 5, 48);

    /// <summary>So many demands are counted at most, and nobody waits for more before he looks.</summary>
    public const int MaxCrowd = 200;
}

/// <summary>How a district lets its cases be dispatched without a person (派单策略). One stream for each district.</summary>
public sealed class DispatchPolicy : Aggregate
{
    private DispatchPolicy() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public bool IsAutomatic { get; private set; }
    public double Threshold { get; private set; }
    public int CrowdSize { get; private set; }
    public int CrowdHours { get; private set; }

    public PolicyValues Values => new(IsAutomatic, Threshold, CrowdSize, CrowdHours);

    protected override Guid? LogCaseId => null;

    public static DispatchPolicy Replay(IEnumerable<LogEntry> log) => Replay(new DispatchPolicy(), log);

    /// <summary>The first policy of a district.</summary>
    public static (DispatchPolicy? Policy, Outcome Outcome) Begin(Guid id, OrgPath district, PolicyValues values, string reason, Actor by, DateTimeOffset now)
    {
        var policy = new DispatchPolicy { Id = id, District = district };
        var outcome = policy.Set(values, reason, by, now);
        return (outcome.IsDone ? policy : null, outcome);
    }

    public Outcome Set(PolicyValues values, string reason, Actor by, DateTimeOffset now)
    {
        if (by.Role != Role.Dispatcher || !by.Oversees(District))
        {
            return new Refusal("policy.role", "派单策略由区指挥中心设定。", "The command centre sets how cases are dispatched.");
        }

        if (values.Threshold is not (>= 0.5 and <= 1))
        {
            return new Refusal("policy.threshold", "把握门槛应在50%到100%之间。", "The threshold lies between 50 and 100 per cent.", "threshold");
        }

        if (values.CrowdSize is < 2 or > PolicyValues.MaxCrowd)
        {
            return new Refusal("policy.crowd-size", $"群诉件数应在2到{PolicyValues.MaxCrowd}之间。", $"A crowd has 2 to {PolicyValues.MaxCrowd} demands.", "crowdSize");
        }

        if (values.CrowdHours is < 1 or > 24 * 90)
        {
            return new Refusal("policy.crowd-hours", "群诉时长应在1小时到90天之间。", "The time of a crowd lies between 1 hour and 90 days.", "crowdHours");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("policy.missing.reason", "请写明设定理由。", "Say why.", "reason");
        }

        Record(new PolicySet(District, values, reason.Trim()), by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        var e = (PolicySet)entry.Event;
        (District, IsAutomatic, Threshold, CrowdSize, CrowdHours) = (e.District, e.Values.IsAutomatic, e.Values.Threshold, e.Values.CrowdSize, e.Values.CrowdHours);
    }
}
