using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Foreseen;

/// <summary>
/// A problem that comes at the same time every year (预判问题), and how it is met before the first call. Its log is its versions.
/// The command centre keeps the calendar; departments and streets propose what they know of, and do their steps.
/// </summary>
public sealed partial class ForeseenProblem : Aggregate
{
    private readonly List<ForeseenStep> _steps = [];
    private readonly List<StandBy> _standBys = [];

    private ForeseenProblem() { }  // for EF and replay

    public OrgPath District { get; private set; }
    public string Title { get; private set; } = "";
    public string Why { get; private set; } = "";
    public string Category { get; private set; } = "";
    public int FromDay { get; private set; }
    public int ToDay { get; private set; }
    public OrgPath Lead { get; private set; }
    public IReadOnlyList<OrgPath> CoUnits { get; private set; } = [];
    public IReadOnlyList<ForeseenStep> Steps => _steps;
    public IReadOnlyList<StandBy> StandBys => _standBys;

    public ForeseenState State { get; private set; }

    /// <summary>On the calendar or proposed for it: one title stands there once.</summary>
    public bool IsListed { get; private set; }

    public OrgPath ProposedBy { get; private set; }
    public string? Reason { get; private set; }
    public Guid? Whistle { get; private set; }
    public string? WhistleNumber { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public Season Season => new(FromDay, ToDay);

    public ForeseenTerms Terms => new(Title, Why, Category, Season, Lead, CoUnits, [.. _steps.OrderBy(step => step.No).Select(step => step.Terms)]);

    protected override Guid? LogCaseId => null;

    public static ForeseenProblem Replay(IEnumerable<LogEntry> log) => Replay(new ForeseenProblem(), log);

    /// <summary>Keeps the district's calendar.</summary>
    public static bool CanKeep(Actor by) => by.Role == Role.Dispatcher;

    public static bool CanPropose(Actor by) => CanKeep(by) || by.Role is Role.DepartmentHead or Role.DepartmentOfficer or Role.EnterpriseOfficer or Role.StreetLeader or Role.StreetOfficer;

    public static (ForeseenProblem? Problem, Outcome Outcome) Propose(Guid id, ForeseenTerms terms, string? reason, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        if ((CanPropose(by) ? terms.Problems(by.Unit.District).FirstOrDefault() ?? (CanKeep(by) ? null : Missing(reason)) : s_role) is { } refusal)
        {
            return (null, refusal);
        }

        var problem = new ForeseenProblem { Id = id };
        problem.Record(new ForeseenProposed(by.Unit.District, terms, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), CanKeep(by)), by, now);
        return (problem, Outcome.Done);
    }

    public Outcome Revise(ForeseenTerms terms, string reason, Actor by, DateTimeOffset now)
    {
        terms = terms.Tidy();
        return !IsListed ? s_over
            : !MayRevise(by) ? s_role
            : terms.Says(Terms) ? new Refusal("foreseen.same", "内容没有变化。", "Nothing has changed.")
            : terms.Problems(District).FirstOrDefault() ?? Missing(reason) ?? Add(new ForeseenRevised(terms, reason.Trim()), by, now);
    }

    public Outcome Confirm(string? remark, Actor by, DateTimeOffset now) =>
        CheckProposal(by) ?? Add(new ForeseenConfirmed(string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);

    public Outcome Reject(string reason, Actor by, DateTimeOffset now) => CheckProposal(by) ?? Missing(reason) ?? Add(new ForeseenRejected(reason.Trim()), by, now);

    public Outcome End(string reason, Actor by, DateTimeOffset now) =>
        State != ForeseenState.InForce ? s_over : !Keeps(by) ? s_role : Missing(reason) ?? Add(new ForeseenEnded(reason.Trim()), by, now);

    /// <summary>Who does it, and by when: from now on it is somebody's task.</summary>
    public Outcome Start(int no, string person, DateOnly? plannedOn, Actor by, DateTimeOffset now)
    {
        var today = WorkCalendar.DateAt(now);
        return CheckStep(no, by, today)
            ?? (string.IsNullOrWhiteSpace(person) ? new Refusal("foreseen.step.person", "请写明由谁办理。", "Say who does it.", "person") : null)
            ?? (plannedOn is not { } day || day < today || day > Season.EndFrom(today)
                ? new Refusal("foreseen.step.planned", "请填写今天到时段结束之间的完成日期。", "Name a day between today and the season's end.", "plannedOn") : null)
            ?? Add(new StepStarted(no, person.Trim(), plannedOn!.Value, Season.EndFrom(today)), by, now);
    }

    public Outcome Finish(int no, string evidence, Actor by, DateTimeOffset now)
    {
        var today = WorkCalendar.DateAt(now);
        return CheckStep(no, by, today)
            ?? (string.IsNullOrWhiteSpace(evidence) ? new Refusal("foreseen.step.evidence", "请写明做了什么、结果怎样。", "Say what was done and what came of it.", "evidence") : null)
            ?? Add(new StepFinished(no, evidence.Trim(), Season.EndFrom(today)), by, now);
    }

    /// <summary>A whistle was drafted over it.</summary>
    public Outcome Blow(Guid whistle, string number, Actor by, DateTimeOffset now) =>
        State != ForeseenState.InForce ? s_over : by.Unit.District != District ? s_role : Add(new ForeseenWhistled(whistle, number), by, now);

    public bool Keeps(Actor by) => CanKeep(by) && by.Unit.District == District;

    /// <summary>The command centre; what is only proposed, also whoever proposed it.</summary>
    public bool MayRevise(Actor by) => Keeps(by) || (State == ForeseenState.Proposed && CanPropose(by) && by.Unit.Answering == ProposedBy);

    /// <summary>The step is this officer's to do: his unit's, or as the command centre, which may write down what it was told.</summary>
    public bool MayDo(ForeseenStep step, Actor by) => Keeps(by) || (CanPropose(by) && by.Unit.Answering == step.Unit);

    private static readonly Refusal s_role = new("foreseen.role", "预判日历由区指挥中心维护，各单位可以提出建议、办理本单位的步骤。", "The command centre keeps the calendar; units propose, and do their own steps.");

    private static readonly Refusal s_over = new("foreseen.over", "这个问题不在日历上。", "This problem is not on the calendar.");

    private static Refusal? Missing(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new Refusal("foreseen.missing.reason", "请写明理由。", "Give the reason.", "reason") : null;

    private Refusal? CheckProposal(Actor by) =>
        !Keeps(by) ? s_role : State != ForeseenState.Proposed ? new Refusal("foreseen.decided", "没有待确认的内容。", "There is nothing to confirm.") : null;

    private Refusal? CheckStep(int no, Actor by, DateOnly today) =>
        State != ForeseenState.InForce ? s_over
        : _steps.Find(step => step.No == no) is not { } step ? new Refusal("foreseen.step", "没有这个步骤。", "There is no such step.")
        : !MayDo(step, by) ? s_role
        : step.StateOn(today) == StepState.Finished ? new Refusal("foreseen.step.done", "这一步今年已经完成。", "This step is done for this season.")
        : null;

    private Outcome Add(ForeseenEvent happened, Actor by, DateTimeOffset now)
    {
        Record(happened, by, now);
        return Outcome.Done;
    }

    protected override void Apply(LogEntry entry)
    {
        switch (entry.Event)
        {
            case ForeseenProposed e:
                (District, ProposedBy, Reason) = (e.District, entry.By.Unit.Answering, e.Reason);
                State = e.IsInForce ? ForeseenState.InForce : ForeseenState.Proposed;
                Write(e.Terms);
                break;
            case ForeseenRevised e:
                Write(e.Terms);
                Carry(WorkCalendar.DateAt(entry.At));
                break;
            case ForeseenConfirmed: State = ForeseenState.InForce; break;
            case ForeseenRejected: State = ForeseenState.Rejected; break;
            case ForeseenEnded: State = ForeseenState.Ended; break;
            case StepStarted e: Step(e.No).Start(e); break;
            case StepFinished e: Step(e.No).Finish(e, entry.At); break;
            case StepDue e: Step(e.No).Warn(e); break;
            case SeasonNear e: ToldUntil = e.SeasonEnds; break;
            case ForeseenWhistled e: (Whistle, WhistleNumber) = (e.Whistle, e.Number); break;
            default: throw new InvalidOperationException($"No rule applies {entry.Event.GetType().Name}.");
        }

        _steps.ForEach(step => step.Stand(State == ForeseenState.InForce));
        _standBys.ForEach(unit => unit.Stand(Season, State == ForeseenState.InForce));
        IsListed = State is ForeseenState.Proposed or ForeseenState.InForce;
        ChangedAt = entry.At;
        ClockAt = Bells().Select(bell => (DateTimeOffset?)bell.At).Min();
    }

    // A season that moves or grows is the same one: what was done for it stays done, and what was told is told again only if its day is
    // still to come.
    private void Carry(DateOnly today)
    {
        var ends = Season.EndFrom(today);
        ToldUntil = ToldUntil >= today && Season.DayAt(-ForeseenStep.WarnDays, today) <= today ? ends : ToldUntil;
        _steps.ForEach(step => step.Carry(today, ends, Season.DayAt(step.Offset - ForeseenStep.WarnDays, today) <= today));
    }

    private ForeseenStep Step(int no) => _steps.Find(step => step.No == no) ?? throw new InvalidOperationException($"There is no step {no}.");

    // A step that only moves, or whose words stay as they are, keeps what was done for it.
    private void Write(ForeseenTerms terms)
    {
        (Title, Why, Category) = (terms.Title, terms.Why, terms.Category);
        (FromDay, ToDay, Lead, CoUnits) = (terms.Season.FromDay, terms.Season.ToDay, terms.Lead, terms.CoUnits);

        var before = _steps.ConvertAll(step => step.Copy());
        _steps.RemoveAll(step => step.No > terms.Steps.Count);
        for (var no = 1; no <= terms.Steps.Count; no++)
        {
            var wanted = terms.Steps[no - 1];
            if (_steps.Find(step => step.No == no) is not { } step)
            {
                _steps.Add(step = new ForeseenStep(Id, no));
            }

            step.Write(wanted, Season, State == ForeseenState.InForce, before.Find(old => old.Unit == wanted.Unit && old.Text == wanted.Text));
        }

        var idle = CoUnits.Append(Lead).Distinct().Where(unit => _steps.TrueForAll(step => step.Unit != unit)).ToList();
        _standBys.RemoveAll(known => !idle.Contains(known.Unit));
        _standBys.AddRange(idle.Where(unit => !_standBys.Exists(known => known.Unit == unit)).Select(unit => new StandBy(Id, unit)).ToList());
    }
}
