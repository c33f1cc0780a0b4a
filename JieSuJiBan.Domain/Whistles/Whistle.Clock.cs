using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Whistles;

// What time alone makes true of a whistle: units that do not answer, do not come or do not do what was agreed, and the pressure
// that rises until they do. Each step is taken once; the row says when the next one is.
public sealed partial class Whistle
{
    /// <summary>When the clock has to look at the whistle next; never, if nothing can fall due.</summary>
    public DateTimeOffset? ClockAt { get; private set; }

    /// <summary>
    /// Writes down all that has fallen due, in the order in which it fell due, however long the clock was away. Two clocks that see the
    /// same whistle write it down once.
    /// </summary>
    public Outcome Ring(TimeRules rules, DateTimeOffset now)
    {
        while (ClockAt <= now)
        {
            Record(NextBell()!.Value.Happened(rules, now), Actor.Clock, now);
        }

        return Outcome.Done;
    }

    /// <summary>
    /// A unit that will not act is reported to the district by the whistler himself (街道条例 44), before the clock does. Inside a street
    /// its own leader decides.
    /// </summary>
    public Outcome ReportLate(OrgPath unit, int? resolution, string text, Actor by, DateTimeOffset now) =>
        CheckChair(by)
        ?? CheckLive()
        ?? (ToReport.Any(late => (late.Unit, late.Resolution) == (unit, resolution))
            ? null
            : new Refusal("whistle.late.none", "没有可以报区的逾期事项。", "There is nothing late to report to the district.", "unit"))
        ?? Missing(text, "text", "请写明情况。", "Say what happened.")
        ?? Add(new LateReported(unit, MatterOf(unit, resolution), resolution, EvidenceOf(unit, LatenessOf(unit, resolution)!, MatterOf(unit, resolution)), ReportBasis, text.Trim()), by, now);

    public const string ReportBasis = "《北京市街道办事处条例》第四十四条";

    /// <summary>What is late and not yet reported to the district.</summary>
    public IEnumerable<(OrgPath Unit, int? Resolution, Lateness Late)> ToReport =>
        _units.Select(unit => (unit.Unit, Resolution: (int?)null, unit.Late))
            .Concat(_resolutions.Select(resolution => (resolution.Unit, Resolution: (int?)resolution.No, resolution.Late)))
            .Where(one => IsAboveStreet && Stage.IsLive() && one.Late is not null && one.Late.At(OverdueStep.Report) is null)
            .Select(one => (one.Unit, one.Resolution, one.Late!));

    /// <summary>A whistle inside a street goes no higher than the street's leader.</summary>
    public bool IsAboveStreet => Direction != Direction.VillageToSections;

    // What the room cannot settle goes there.
    private OrgPath Above => IsAboveStreet ? District : Signer;

    public Lateness? LatenessOf(OrgPath unit, int? resolution) =>
        resolution is { } no ? (ResolutionOf(no) is { } known && known.Unit == unit ? known.Late : null) : UnitOf(unit)?.Late;

    private (DateTimeOffset At, Func<TimeRules, DateTimeOffset, WhistleEvent> Happened)? NextBell()
    {
        (DateTimeOffset At, Func<TimeRules, DateTimeOffset, WhistleEvent> Happened)? next = null;
        foreach (var bell in Stage.IsLive() ? Bells().Concat(DecisionBells()) : DecisionBells().Concat(AssessmentBells()))
        {
            next = next is { } earlier && earlier.At <= bell.At ? next : bell;
        }

        return next;
    }

    private IEnumerable<(DateTimeOffset At, Func<TimeRules, DateTimeOffset, WhistleEvent> Happened)> Bells()
    {
        foreach (var unit in _units)
        {
            if (unit is { State: UnitState.Awaiting, ResponseLapsedAt: null, RespondBy: { } respondBy })
            {
                yield return (respondBy, (rules, _) => new ResponseLapsed(unit.Unit, respondBy, StepsAfter(respondBy, rules)));
            }

            if (unit is { IsAwaited: true, ArrivalLapsedAt: null, ArriveBy: { } arriveBy })
            {
                // Whoever has not even answered is pressed for that already.
                yield return (arriveBy, (rules, _) => new ArrivalLapsed(unit.Unit, arriveBy, unit.Late is null ? StepsAfter(arriveBy, rules) : null));
            }

            if (unit is { State: UnitState.Objected, ReviewLapsedAt: null, ReviewBy: { } reviewBy })
            {
                yield return (reviewBy, (rules, _) => new ObjectionLapsed(unit.Unit, reviewBy, TermsBy(rules).Review.Basis));
            }

            if (unit.Late is { Next: { } step } late)
            {
                yield return (step.At, (rules, now) => Press(step, unit.Unit, null, late, rules, now));
            }
        }

        foreach (var resolution in _resolutions.Where(resolution => resolution.IsAwaited))
        {
            if (resolution.Late is not { } late)
            {
                yield return (resolution.LateFrom, (rules, _) => new ResolutionLapsed(resolution.No, resolution.Unit, resolution.DueAt, StepsAfter(resolution.LateFrom, rules)));
            }
            else if (late.Next is { } step)
            {
                yield return (step.At, (rules, now) => Press(step, resolution.Unit, resolution.No, late, rules, now));
            }
        }
    }

    // What waits for a leader: he is reminded before it is late, and it is written down when it is.
    private IEnumerable<(DateTimeOffset At, Func<TimeRules, DateTimeOffset, WhistleEvent> Happened)> DecisionBells()
    {
        if (NeedsSignature && SignBy is { } signBy && (SignRemindAt ?? (SignLapsedAt is null ? SignBy : null)) is { } at)
        {
            yield return (at, (rules, _) => Remind(null, SignRemindAt, signBy, rules));
        }

        foreach (var request in _requests.Where(request => request.Decision == Decision.Waiting))
        {
            if (request.DecideBy is { } decideBy && (request.RemindAt ?? (request.LapsedAt is null ? decideBy : null)) is { } next)
            {
                yield return (next, (rules, _) => Remind(request.No, request.RemindAt, decideBy, rules));
            }
        }
    }

    private WhistleEvent Remind(int? no, DateTimeOffset? remindAt, DateTimeOffset due, TimeRules rules) => remindAt is null
        ? new DecisionLapsed(no, due, TermsBy(rules).Decide.Basis)
        : new DecisionNear(no, due, TermsBy(rules).Remind.Basis);

    private void AwaitSignature(DecisionTime? time) => (SignBy, SignRemindAt, SignLapsedAt) = (time?.DueAt, time?.RemindAt, null);

    private void Reminded(int? no)
    {
        if (no is null)
        {
            SignRemindAt = null;
        }
        else
        {
            _requests.Find(asked => asked.No == no)!.RemindAt = null;
        }
    }

    private void Lapsed(int? no, DateTimeOffset at)
    {
        if (no is null)
        {
            SignLapsedAt = at;
        }
        else
        {
            _requests.Find(asked => asked.No == no)!.LapsedAt = at;
        }
    }

    private IReadOnlyList<StepTime> StepsAfter(DateTimeOffset due, TimeRules rules) =>
        [.. TermsBy(rules).StepsAfter(due, rules.Calendar).Where(step => IsAboveStreet || step.Kind != OverdueStep.Report)];

    private WhistleEvent Press(StepTime step, OrgPath unit, int? resolution, Lateness late, TimeRules rules, DateTimeOffset now)
    {
        var matter = MatterOf(unit, resolution);
        var evidence = EvidenceOf(unit, late, matter);
        return step.Kind switch
        {
            OverdueStep.Report => new LateReported(unit, matter, resolution, evidence, step.Basis),
            OverdueStep.Instruct => new LeaderAsked(
                _requests.Count + 1, Above, new LeaderQuestion(RequestKind.Overdue, step.Basis, Resolution: resolution, Unit: unit, Late: matter, Evidence: evidence),
                TermsBy(rules).DecideFrom(now, rules.Calendar)),
            _ => new UnitUrged(step.Kind, unit, matter, resolution, step.At, step.Basis),
        };
    }

    public LateMatter MatterOf(OrgPath unit, int? resolution) =>
        resolution is not null ? LateMatter.Measure : UnitAt(unit).State == UnitState.Awaiting ? LateMatter.Response : LateMatter.Arrival;

    private TimeEvidence EvidenceOf(OrgPath unit, Lateness late, LateMatter matter)
    {
        var called = UnitAt(unit).SummonedAt ?? SoundedAt!.Value;
        var seen = _readers.Where(reader => reader.Unit == unit && reader.SeenAt >= called).Select(reader => (DateTimeOffset?)reader.SeenAt).Min();
        // Pressed since it did not answer, it may have answered since, and not come: then it is the coming that is late.
        var (due, lapsed) = matter == LateMatter.Arrival && UnitAt(unit) is { ArriveBy: { } arriveBy, ArrivalLapsedAt: { } lapsedAt } ? (arriveBy, lapsedAt) : (late.DueAt, late.LapsedAt);
        return new(called, seen, due, lapsed, late.At(OverdueStep.Urge), late.At(OverdueStep.Supervise));
    }

    private bool ApplyToClock(WhistleEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case ResponseLapsed e:
                UnitAt(e.Unit).ResponseLapsedAt = at;
                UnitAt(e.Unit).Late ??= Lateness.Begin(e.RespondBy, at, e.Steps);
                return true;
            case ArrivalLapsed e:
                UnitAt(e.Unit).ArrivalLapsedAt = at;
                UnitAt(e.Unit).Late ??= Lateness.Begin(e.ArriveBy, at, e.Steps);
                return true;
            case ResolutionLapsed e: ResolutionAt(e.No).Late = Lateness.Begin(e.DueAt, at, e.Steps); return true;
            case ObjectionLapsed e: UnitAt(e.Unit).ReviewLapsedAt = at; return true;
            case DecisionNear e: Reminded(e.No); return true;
            case DecisionLapsed e: Lapsed(e.No, at); return true;
            case UnitUrged e: Take(e.Step, e.Unit, e.Resolution, at); return true;
            case LateReported e: Take(OverdueStep.Report, e.Unit, e.Resolution, at); return true;
            default: return false;
        }
    }

    private void Take(OverdueStep step, OrgPath unit, int? resolution, DateTimeOffset at)
    {
        if (resolution is { } no)
        {
            ResolutionAt(no).Late = ResolutionAt(no).Late?.Take(step, at);
        }
        else
        {
            UnitAt(unit).Late = UnitAt(unit).Late?.Take(step, at);
        }
    }

    // Who has come, and what has been done, is late no more; what a leader was asked about it has answered itself.
    private void Calm(DateTimeOffset at)
    {
        _units.Where(unit => !unit.IsAwaited).ToList().ForEach(unit => unit.Late = null);
        _resolutions.Where(resolution => !resolution.IsAwaited).ToList().ForEach(resolution => resolution.Late = null);
        _requests.Where(request => request is { Kind: RequestKind.Overdue, Decision: Decision.Waiting, Unit: { } unit } && (!Stage.IsLive() || LatenessOf(unit, request.Resolution) is null))
            .ToList().ForEach(request => request.Drop(at));
    }
}
