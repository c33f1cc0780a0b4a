using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Insight;

public abstract record RepeatEvent : LogEvent;

/// <summary>Somebody is about to see who calls again and again, and says what for.</summary>
[StoredAs("repeats.read")]
public sealed record RepeatsRead(OrgPath District, string Purpose) : RepeatEvent;

/// <summary>One look into the ledger of repeat callers (重复诉求人台账). Nothing of it is shown unless this is written down (条例 8, 28).</summary>
public sealed class RepeatReading : Aggregate
{
    public const int MaxPurpose = 200;

    private RepeatReading() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public string Purpose { get; private set; } = "";
    public DateTimeOffset ReadAt { get; private set; }
    public string ReadBy { get; private set; } = "";

    protected override Guid? LogCaseId => null;

    public static RepeatReading Replay(IEnumerable<LogEntry> log) => Replay(new RepeatReading(), log);

    public static bool CanRead(Actor by) => by.Role.OverseesDistrict();

    public static (RepeatReading? Reading, Outcome Outcome) Read(Guid id, string purpose, Actor by, DateTimeOffset now)
    {
        if (!CanRead(by))
        {
            return (null, new Refusal("repeats.role", "重复诉求人台账只对区指挥中心、督查和区领导开放。", "Only the district's centre, supervisors and leaders may read this ledger."));
        }

        if (string.IsNullOrWhiteSpace(purpose) || purpose.Length > MaxPurpose)
        {
            return (null, new Refusal("repeats.purpose", $"请用{MaxPurpose}字以内写明查看用途。", $"Say what you need it for, in at most {MaxPurpose} characters.", "purpose"));
        }

        var reading = new RepeatReading { Id = id };
        reading.Record(new RepeatsRead(by.Unit.District, purpose.Trim()), by, now);
        return (reading, Outcome.Done);
    }

    protected override void Apply(LogEntry entry)
    {
        var read = (RepeatsRead)entry.Event;
        (District, Purpose, ReadAt, ReadBy) = (read.District, read.Purpose, entry.At, entry.By.Name);
    }
}
