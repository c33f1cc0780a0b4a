using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

// 双考评: the whistler rates each unit, each unit rates the whistle, both in time; then it ends. The case does not wait for the units:
// they may rate a whistle that has ended, until the time is over.
public sealed partial class Whistle
{
    /// <summary>By when both sides have rated each other; none before it is confirmed, or if it was before there was a limit.</summary>
    public DateTimeOffset? AssessBy { get; private set; }

    /// <summary>What that limit rests on.</summary>
    public string? AssessBasis { get; private set; }

    /// <summary>Since when what is missing is recorded as 未评.</summary>
    public DateTimeOffset? AssessmentLapsedAt { get; private set; }

    /// <summary>Whether the units may rate it now.</summary>
    public bool IsBeingAssessed => Stage == WhistleStage.Confirmed || (Stage == WhistleStage.Ended && AssessBy is not null && AssessmentLapsedAt is null);

    /// <summary>No mark is awaited any more: both sides have given all, or what is missing is recorded as 未评.</summary>
    public bool IsAssessed => AssessmentLapsedAt is not null || _units.Where(unit => unit.IsActive).All(unit => unit is { IsAssessed: true, HasAssessed: true });

    /// <summary>The whistler's marks for a unit. Once given they stand; who has acted for the unit in this room does not give them.</summary>
    public Outcome AssessUnit(OrgPath unit, UnitRating rating, Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? CheckAssessing(Stage == WhistleStage.Confirmed, now)
        ?? (UnitOf(unit) is null ? new Refusal("whistle.assess.unknown", "该单位不在哨室。", "This unit is not in the room.") : null)
        ?? (by.Unit == unit || _readers.Exists(reader => reader.UserId == by.UserId && reader.Unit == unit) ? s_ownUnit : null)
        ?? (UnitOf(unit)!.IsAssessed ? new Refusal("whistle.assess.twice", "该单位已经评价。", "This unit has its marks.") : null)
        ?? Check(rating.Marks, rating.Remark)
        ?? Add(new UnitAssessed(unit, rating with { Remark = Trimmed(rating.Remark) }), by, now);

    /// <summary>A unit's marks for the whistle, given by whoever acts for it; not by the one who blew it.</summary>
    public Outcome AssessWhistle(WhistleRating rating, Actor by, DateTimeOffset now) =>
        (UnitOf(by) is null ? new Refusal("whistle.not-summoned", "本哨没有召集您的单位。", "Your unit was not summoned.") : null)
        ?? CheckAssessing(IsBeingAssessed, now)
        ?? (UnitOf(by)!.HasAssessed ? new Refusal("whistle.assess.twice", "本单位已经评价。", "Your unit has given its marks.") : null)
        ?? (by.UserId == SubmittedBy ? s_ownWhistle : null)
        ?? Check(rating.Marks, rating.Remark)
        ?? Add(new WhistleAssessed(by.Unit, rating with { Remark = Trimmed(rating.Remark) }), by, now);

    public Outcome End(Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? (Stage != WhistleStage.Confirmed ? s_notNow : null)
        ?? (_units.Exists(unit => unit.IsActive && !unit.IsAssessed)
            ? CheckAssessing(true, now) ?? new Refusal("whistle.end.unassessed", "请先评价每个报到单位。", "Assess every unit first.")
            : null)
        ?? Add(new WhistleEnded(), by, now);

    private WhistleConfirmed Confirming(string result, TimeRules rules, DateTimeOffset now) =>
        (TermsBy(rules).Assess ?? rules.PlanOf(Kind).Terms.Assess) is { } limit ? new(result, limit.After.After(now, rules.Calendar), limit.Basis) : new(result);

    // What is missing when the time is over is recorded once, and a whistle that still waits for its whistler ends by itself.
    private IEnumerable<(DateTimeOffset At, Func<TimeRules, DateTimeOffset, WhistleEvent> Happened)> AssessmentBells()
    {
        if (AssessBy is not { } assessBy || !IsBeingAssessed)
        {
            yield break;
        }

        List<OrgPath> unrated = [.. _units.Where(unit => unit is { IsActive: true, IsAssessed: false }).Select(unit => unit.Unit)];
        List<OrgPath> silent = [.. _units.Where(unit => unit is { IsActive: true, HasAssessed: false }).Select(unit => unit.Unit)];
        if (AssessmentLapsedAt is null && unrated.Count + silent.Count > 0)
        {
            yield return (assessBy, (_, _) => new AssessmentLapsed(unrated, silent, assessBy, AssessBasis ?? ""));
        }
        else if (Stage == WhistleStage.Confirmed)
        {
            yield return (assessBy, (_, _) => new WhistleEnded());
        }
    }

    private bool ApplyToAssessment(WhistleEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case WhistleConfirmed e:
                (Stage, Result, AssessBy, AssessBasis) = (WhistleStage.Confirmed, e.Result, e.AssessBy, e.AssessBasis);
                _units.Where(unit => unit.IsActive).ToList().ForEach(unit => unit.RateBy = e.AssessBy);
                return true;
            case UnitAssessed e: UnitAt(e.Unit).Rated(e.Rating, at); return true;
            case WhistleAssessed e: UnitAt(e.Unit).Rates(e.Rating, at); return true;
            case AssessmentLapsed:
                AssessmentLapsedAt = at;
                _units.ForEach(unit => unit.RateBy = null);
                return true;
            default: return false;
        }
    }

    // By the time itself: the clock writes down what is missing some seconds later.
    private Refusal? CheckAssessing(bool isOpen, DateTimeOffset now) =>
        AssessBy is { } assessBy && assessBy <= now
            ? new("whistle.assess.late", "评价时限已到，不能再评价，没有评价的记“未评”。", "The time for it is over: what is missing is recorded as not given.")
            : isOpen ? null : s_notNow;

    private static Refusal? Check(IReadOnlyList<int> marks, string? reason) =>
        !marks.All(mark => mark is >= 1 and <= UnitRating.Best) ? s_invalidMarks
        : marks.Any(mark => mark < UnitRating.Middle) && string.IsNullOrWhiteSpace(reason) ? s_noReason
        : reason?.Length > UnitRating.MaxRemark ? s_longReason
        : null;

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static readonly Refusal s_notNow = new("whistle.assess.early", "确认解决后、评价时限内才能评价。", "Assess it after it is confirmed, and in time.");

    private static readonly Refusal s_ownUnit = new("whistle.assess.own", "您代表该单位进过本哨室，请吹哨方的其他人评价。", "You have acted for this unit here: somebody else rates it.");

    private static readonly Refusal s_ownWhistle = new("whistle.assess.own", "本哨由您提交，请本单位的其他人评价。", "You submitted this whistle: somebody else of your unit rates it.");

    private static readonly Refusal s_invalidMarks = new("whistle.assess.marks", "每项请评1至5分。", "Give every item 1 to 5.", "marks");

    private static readonly Refusal s_noReason = new("whistle.assess.reason", "有低于3分的，请写明理由。", "Give the reason for marks below 3.", "remark");

    private static readonly Refusal s_longReason = new("whistle.assess.long", $"最多{UnitRating.MaxRemark}字。", $"At most {UnitRating.MaxRemark} characters.", "remark");
}
