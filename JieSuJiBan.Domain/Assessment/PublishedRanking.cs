using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Assessment;

public abstract record RankingEvent : LogEvent;

/// <summary>The first edition, with its rows and the scheme they go by as both were then.</summary>
[StoredAs("ranking.published")]
public sealed record RankingPublished(
    OrgPath District, RankingList List, PeriodKind Kind, int Year, int No, DateOnly From, DateOnly Until, SchemeVersion Scheme, IReadOnlyList<RankingRow> Rows) : RankingEvent;

/// <summary>A later edition in its place. The scheme stays; the former edition stays in the log.</summary>
[StoredAs("ranking.corrected")]
public sealed record RankingCorrected(int Edition, IReadOnlyList<RankingRow> Rows, string Reason) : RankingEvent;

/// <summary>It counts no more; it can still be read, and another edition may follow.</summary>
[StoredAs("ranking.withdrawn")]
public sealed record RankingWithdrawn(string Reason) : RankingEvent;

/// <summary>
/// A published table of one list and period. Its rows are frozen in its events: whatever happens to the cases later, the edition stays
/// as it was read, and what was wrong is put right by another edition with its reason.
/// </summary>
public sealed class PublishedRanking : Aggregate
{
    private PublishedRanking() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public RankingList List { get; private set; }

    /// <summary>2026-03, 2026Q1, 2026.</summary>
    public string Key { get; private set; } = "";

    public DateOnly From { get; private set; }

    /// <summary>The day after its last.</summary>
    public DateOnly Until { get; private set; }

    public SchemeVersion Scheme { get; private set; } = null!;

    public int Edition { get; private set; }

    /// <summary>When the edition that counts was published, and by whom.</summary>
    public DateTimeOffset PublishedAt { get; private set; }

    public string PublishedBy { get; private set; } = "";

    public IReadOnlyList<RankingRow> Rows { get; private set; } = [];

    /// <summary>Why this edition took the former's place.</summary>
    public string? Reason { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnFor { get; private set; }

    public Period Period => Period.Parse(Key);

    public PeriodSpan Span => new(Period, From, Until, Scheme);

    protected override Guid? LogCaseId => null;

    public static PublishedRanking Replay(IEnumerable<LogEntry> log) => Replay(new PublishedRanking(), log);

    /// <summary>
    /// The district's leader answers for what is published, the supervisors prepare it: both may. Not the command centre, whose
    /// callbacks are what is counted, and no unit that stands in the table.
    /// </summary>
    public static bool CanPublish(Actor by) => AssessmentScheme.CanKeep(by);

    public static (PublishedRanking? Ranking, Outcome Outcome) Publish(Guid id, RankingList list, PeriodSpan span, IReadOnlyList<RankingRow> rows, Actor by, DateTimeOffset now)
    {
        var ranking = new PublishedRanking { Id = id, District = by.Unit.District };
        if ((ranking.CheckRole(by) ?? CheckPeriod(list, span, rows, now)) is { } refusal)
        {
            return (null, refusal);
        }

        ranking.Record(new RankingPublished(by.Unit.District, list, span.Period.Kind, span.Period.Year, span.Period.No, span.From, span.Until, span.Scheme, rows), by, now);
        return (ranking, Outcome.Done);
    }

    /// <param name="rows">As they are counted now, by the scheme of the first edition.</param>
    public Outcome Correct(IReadOnlyList<RankingRow> rows, string reason, Actor by, DateTimeOffset now) =>
        CheckRole(by)
        ?? AssessmentScheme.CheckReason(reason)
        ?? (WithdrawnAt is null && rows.DifferencesFrom(Rows).Count == 0 ? new Refusal("ranking.same", "与已公布的没有差别。", "It says what is published already.") : null)
        ?? Add(new RankingCorrected(Edition + 1, rows, reason.Trim()), by, now);

    public Outcome Withdraw(string reason, Actor by, DateTimeOffset now) =>
        CheckRole(by)
        ?? AssessmentScheme.CheckReason(reason)
        ?? (WithdrawnAt is not null ? new Refusal("ranking.withdrawn", "已经撤回。", "It is withdrawn already.") : null)
        ?? Add(new RankingWithdrawn(reason.Trim()), by, now);

    private static Refusal? CheckPeriod(RankingList list, PeriodSpan span, IReadOnlyList<RankingRow> rows, DateTimeOffset now) =>
        !span.HasEndedOn(WorkCalendar.DateAt(now)) ? new("ranking.running", "周期结束后才能公布。", "It is published when the period has ended.")
        : span.Scheme.Terms.ListOf(list) is null || !rows.Any(row => row.Rank is not null) ? new("ranking.empty", "没有参评单位，不能公布。", "There is nobody to rank.")
        : null;

    private Refusal? CheckRole(Actor by) =>
        CanPublish(by) && by.Unit.District == District ? null : new("ranking.role", "由区领导或督查公布。", "The district's leaders and supervisors publish it.");

    private Outcome Add(RankingEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case RankingPublished e:
                (District, List, Key, From, Until, Scheme) = (e.District, e.List, new Period(e.Kind, e.Year, e.No).ToString(), e.From, e.Until, e.Scheme);
                Appear(1, e.Rows, null, entry);
                break;
            case RankingCorrected e: Appear(e.Edition, e.Rows, e.Reason, entry); break;
            case RankingWithdrawn e: (WithdrawnAt, WithdrawnFor) = (entry.At, e.Reason); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }

    private void Appear(int edition, IReadOnlyList<RankingRow> rows, string? reason, LogEntry entry)
    {
        (Edition, Rows, Reason, PublishedAt, PublishedBy) = (edition, rows, reason, entry.At, entry.By.Name);
        (WithdrawnAt, WithdrawnFor) = (null, null);
    }
}
