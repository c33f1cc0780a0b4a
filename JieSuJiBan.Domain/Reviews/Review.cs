using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Reviews;

/// <summary>
/// One meeting in which a district or street looks at its work: what changed since the last of the same rhythm, what is said of it,
/// and what is decided. While it is open its numbers are read anew; when it is closed they are frozen, and it is a record (纪要).
/// </summary>
public sealed class Review : Aggregate
{
    public const int MaxRemarks = 4000;

    private readonly List<ReviewDecision> _decisions = [];

    private Review() { }  // for EF and replay

    public string Number { get; private set; } = "";

    /// <summary>The district or street whose work it looks at.</summary>
    public OrgPath Unit { get; private set; }

    public Rhythm Rhythm { get; private set; }

    /// <summary>It looks at what happened between these two; until it is closed, up to now.</summary>
    public DateTimeOffset From { get; private set; }

    public DateTimeOffset? To { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }
    public bool IsOpen { get; private set; }
    public Attendance Attendance { get; private set; } = Attendance.Nobody;
    public string Remarks { get; private set; } = "";

    /// <summary>What was counted when it was closed.</summary>
    public IReadOnlyList<Figure> Figures { get; private set; } = [];

    public IReadOnlyList<ReviewDecision> Decisions => _decisions;

    protected override Guid? LogCaseId => null;

    public static Review Replay(IEnumerable<LogEntry> log) => Replay(new Review(), log);

    /// <summary>Holds the reviews of his district or street.</summary>
    public static bool CanKeep(Actor by) => by.Role.OverseesDistrict() || by.Role is Role.StreetLeader or Role.StreetOfficer;

    /// <summary>The district or street whose reviews he holds, or is told of first.</summary>
    public static OrgPath UnitOf(Actor by) => by.Unit.Answering is { Kind: UnitKind.Street } street ? street : by.Unit.District;

    public bool Keeps(Actor by) => CanKeep(by) && UnitOf(by) == Unit;

    /// <param name="from">Where the last of this rhythm ended, if there was one.</param>
    public static (Review? Review, Outcome Outcome) Open(Guid id, string number, Rhythm rhythm, DateTimeOffset? from, Actor by, DateTimeOffset now)
    {
        if (!CanKeep(by))
        {
            return (null, s_role);
        }

        var review = new Review { Id = id };
        review.Record(new ReviewOpened(number, UnitOf(by), rhythm, from ?? rhythm.Before(now)), by, now);
        return (review, Outcome.Done);
    }

    public Outcome Attend(Attendance attendance, Actor by, DateTimeOffset now)
    {
        attendance = attendance.Tidy();
        return CheckKeeper(by)
            ?? attendance.Check()
            ?? (attendance.Says(Attendance) ? s_same : null)
            ?? Add(new ReviewAttended(attendance), by, now);
    }

    public Outcome Remark(string text, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (string.IsNullOrWhiteSpace(text) || text.Length > MaxRemarks ? new Refusal("review.remarks", $"请用{MaxRemarks}字以内写明点评。", $"Write the remarks in at most {MaxRemarks} characters.", "remarks") : null)
        ?? (text.Trim() == Remarks ? s_same : null)
        ?? Add(new ReviewRemarked(text.Trim()), by, now);

    /// <summary>What was decided. Whether the unit may be given the task, the order itself decides.</summary>
    public Outcome Decide(DecisionTerms terms, Guid order, string orderNumber, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        return CheckKeeper(by) ?? terms.Check(Unit.District, now) ?? Add(new ReviewDecided(_decisions.Count + 1, terms, order, orderNumber), by, now);
    }

    /// <param name="to">The moment up to which the figures were read: nothing falls between this review and the next.</param>
    public Outcome Close(DateTimeOffset to, IReadOnlyList<Figure> figures, Actor by, DateTimeOffset now) =>
        CheckKeeper(by)
        ?? (Attendance.Present.Count == 0 ? new Refusal("review.nobody", "请先登记主持人和出席情况。", "Write down who chairs and who is present first.") : null)
        ?? Add(new ReviewClosed(to, figures), by, now);

    private static readonly Refusal s_role = new("review.role", "会议由区指挥中心、督查、区领导或街乡镇召开和记录。", "The district's centre, supervisors and leaders hold it, or a street its own.");

    private static readonly Refusal s_same = new("review.same", "内容没有变化。", "Nothing has changed.");

    private Refusal? CheckKeeper(Actor by) =>
        !Keeps(by) ? s_role : !IsOpen ? new Refusal("review.closed", "会议已经结束，记录不能再改。", "It is closed; its record stays as it is.") : null;

    private Outcome Add(ReviewEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case ReviewOpened e: (Number, Unit, Rhythm, From, OpenedAt, IsOpen) = (e.Number, e.Unit, e.Rhythm, e.From, entry.At, true); break;
            case ReviewAttended e: Attendance = e.Attendance; break;
            case ReviewRemarked e: Remarks = e.Text; break;
            case ReviewDecided e: _decisions.Add(new ReviewDecision(Id, e)); break;
            case ReviewClosed e: (Figures, To, IsOpen) = (e.Figures, e.To, false); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }
    }
}
