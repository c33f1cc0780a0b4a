using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Mutual;

public abstract record MutualEvent : LogEvent;

/// <summary>A new version, which counts from the first day of a month.</summary>
[StoredAs("mutual.scheme-set")]
public sealed record MutualSchemeSet(OrgPath District, Month From, MutualTerms Terms, string Reason) : MutualEvent;

/// <summary>One version of the scheme; 0 is what the portal ships with.</summary>
public sealed record MutualVersion(int Version, Month From, MutualTerms Terms);

/// <summary>
/// A district's 双考评 scheme: dated versions, of which each month has one. Months that are over keep theirs, or what was read
/// yesterday would be another number today.
/// </summary>
public sealed class MutualScheme : Aggregate
{
    public const int MaxReason = 500;

    private MutualScheme() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public IReadOnlyList<MutualVersion> Versions { get; private set; } = [];

    protected override Guid? LogCaseId => null;

    public static MutualScheme Replay(IEnumerable<LogEntry> log) => Replay(new MutualScheme(), log);

    public static bool CanKeep(Actor by) => TimePlan.CanKeep(by);

    public static (MutualScheme? Scheme, Outcome Outcome) Begin(Guid id, Month from, MutualTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        var scheme = new MutualScheme { Id = id, District = by.Unit.District };
        var outcome = scheme.Set(from, terms, reason, by, now);
        return (outcome.IsDone ? scheme : null, outcome);
    }

    public Outcome Set(Month from, MutualTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        terms = terms with { Basis = terms.Basis.Trim() };
        if ((Check(from, by, now) ?? terms.Problems().FirstOrDefault() ?? (reason.Trim().Length is 0 or > MaxReason ? s_reason : null)) is { } refusal)
        {
            return refusal;
        }

        Record(new MutualSchemeSet(District, from, terms, reason.Trim()), by, now);
        return Outcome.Done;
    }

    /// <summary>The version of a month: of those that had begun, the one set last.</summary>
    public static MutualVersion? Of(IEnumerable<MutualVersion> versions, Month month) =>
        versions.Where(version => version.From <= month).OrderBy(version => version.From).ThenBy(version => version.Version).LastOrDefault();

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case MutualSchemeSet e: (District, Versions) = (e.District, [.. Versions, new MutualVersion(entry.Sequence, e.From, e.Terms)]); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }

    private Refusal? Check(Month from, Actor by, DateTimeOffset now) =>
        !CanKeep(by) || by.Unit.District != District ? new("mutual.role", "双考评方案由区指挥中心或督查维护。", "The command centre and the supervisors keep the scheme.")
        : from < Month.Of(now) ? new("mutual.past", "新方案最早从本月起。", "A new version counts from this month at the earliest.", "from")
        : null;

    private static readonly Refusal s_reason = new("mutual.reason", $"请写明理由，最多{MaxReason}个字。", $"Give the reason, in at most {MaxReason} characters.", "reason");
}
