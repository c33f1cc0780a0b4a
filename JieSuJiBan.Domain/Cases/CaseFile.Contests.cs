using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

// 不合理诉求认定、考核申诉: a unit contests, the command centre examines, another person of the district decides. The case stays.
public sealed partial class CaseFile
{
    public const int MaxContestText = 2000;

    private readonly List<CaseContest> _contests = [];

    public IReadOnlyList<CaseContest> Contests => _contests;

    public CaseContest? OpenContest => _contests.Find(contest => contest.IsOpen);

    /// <summary>An appeal was upheld: he is called once more, though the case may be closed. A redo has a callback of its own.</summary>
    public bool IsRecalled { get; private set; }

    /// <summary>
    /// The first callback was found wrong: what he says next counts in its place, in the same month and for the same unit, though the
    /// case was done again meanwhile. What was published stays as it was; the log keeps what he said first.
    /// </summary>
    public bool AwaitsCorrection => Correcting is not null;

    private CaseContest? Correcting => _contests.Find(contest => contest.Correction == Correction.Waiting);

    /// <summary>Who made the last callback by phone, and who made that which stands as the first. Neither examines an appeal against what was said, nor makes the call that it leads to.</summary>
    public string? CalledBy { get; private set; }

    public string? FirstCalledBy { get; private set; }

    public Outcome Contest(
        ContestKind kind, ContestGround ground, string text, IReadOnlyList<AttachmentRef>? evidence, CallbackTerms terms, WorkCalendar calendar, Actor by, DateTimeOffset now,
        bool countsCoUnits = false)
    {
        if (CheckContest(kind, terms, calendar, by, now, countsCoUnits) is { } refusal)
        {
            return refusal;
        }

        return (ContestGrounds.Of(kind).Contains(ground) ? null : new Refusal("case.contest.ground", "请选择理由。", "Choose a ground.", "ground"))
            ?? Missing(text, "text", "请写明事实、依据和证据。", "Write the facts, the basis and the evidence.")
            ?? TooLong(text, MaxContestText, "text")
            ?? Add(new ContestFiled(_contests.Count + 1, kind, by.Unit, ground, text.Trim(), evidence, terms.ExamineWithin.After(now, calendar), terms.Basis), by, now);
    }

    /// <summary>Whether somebody may contest it now; pages ask before they offer it.</summary>
    /// <param name="countsCoUnits">By the scheme the result counts for the co-units too: then each of them may appeal against it as the lead may.</param>
    public Refusal? CheckContest(ContestKind kind, CallbackTerms terms, WorkCalendar calendar, Actor by, DateTimeOffset now, bool countsCoUnits = false)
    {
        var unit = kind == ContestKind.Result ? CountedUnit : CountedUnit ?? FirstReceiver;
        var isHelper = kind == ContestKind.Result && countsCoUnits && CountedCoUnits?.Contains(by.Unit) == true && Nature != Nature.Report && ReportedUnit is null;
        if ((unit != by.Unit && !isHelper) || !by.Role.HandlesCases() || IsReported(by.Unit))
        {
            return new("case.contest.not-yours", "由计入考核的承办单位提出。", "The unit for which the case counts contests it.");
        }

        if (kind == ContestKind.Result ? CalledBackAt is null : IsProactive || (CalledBackAt is null && !(Status.IsBeingHandled() || Status is CaseStatus.Submitted or CaseStatus.Answered or CaseStatus.CalledBack)))
        {
            return kind == ContestKind.Result
                ? new("case.contest.no-callback", "还没有有效回访，不能申诉。", "There is no valid callback to appeal against.")
                : new("case.contest.status", $"案件现在是“{Status.Word()}”，不能申请认定。", $"The case is {Status}: this cannot be asked for.");
        }

        return OpenContest is not null ? new("case.contest.twice", "上一次认定或申诉还没有结论。", "The last one has not been decided yet.")
            : IsExcluded ? new("case.contest.excluded", "本案已不计入三率。", "The case is left out of the rates already.")
            : _contests.Exists(contest => contest.Kind == kind && (contest.State == ContestState.Upheld || (contest.State == ContestState.Dismissed && (kind == ContestKind.Unreasonable || contest.Unit == by.Unit))))
                ? new("case.contest.decided", "同一事项已有结论，不再受理。", "This has been decided already.")
            : CalledBackAt is { } at && now > terms.ContestWithin.After(FreeSince(by.Unit) ?? at, calendar)
                ? new("case.contest.late", $"已超过回访后{terms.ContestWithin}的期限。", $"The time after the callback ({terms.ContestWithin}) has passed.")
            : null;
    }

    // While another unit's stood open he could not contest it: that is not taken off his time.
    private DateTimeOffset? FreeSince(OrgPath unit) =>
        _contests.Where(contest => contest.Unit != unit && contest.State is ContestState.Dismissed or ContestState.Withdrawn).Max(contest => contest.DecidedAt);

    public Outcome WithdrawContest(Actor by, DateTimeOffset now) =>
        OpenContest is not { } contest ? s_noContest
        : contest.Unit != by.Unit || !by.Role.HandlesCases() ? new Refusal("case.contest.not-yours", "由计入考核的承办单位提出。", "The unit for which the case counts contests it.")
        : Add(new ContestWithdrawn(contest.No), by, now);

    /// <summary>The command centre looks into it; whoever made the callback that is contested does not.</summary>
    public Outcome ExamineContest(bool supported, string finding, CallbackTerms terms, WorkCalendar calendar, Actor by, DateTimeOffset now)
    {
        if (CheckExamination(by) is { } refusal)
        {
            return refusal;
        }

        return Missing(finding, "finding", "请写明核查情况。", "Say what you found.")
            ?? TooLong(finding, MaxContestText, "finding")
            ?? Add(new ContestExamined(OpenContest!.No, supported, finding.Trim(), terms.DecideWithin.After(now, calendar)), by, now);
    }

    public Refusal? CheckExamination(Actor by) =>
        OpenContest is not { State: ContestState.Filed } contest ? s_noContest
        : by.Role != Role.Dispatcher || !by.Oversees(District) ? new("case.not-command-centre", "由区指挥中心办理。", "The command centre does this.")
        : contest.Kind == ContestKind.Result && HasCalled(by) ? new("case.contest.own-call", "回访本案的人不能核查对它的申诉。", "Whoever made the call does not examine the appeal against it.")
        : null;

    /// <summary>Another person decides: the supervisors, or the district's leader.</summary>
    public Outcome DecideContest(bool upheld, ContestRemedy remedy, string opinion, Actor by, DateTimeOffset now)
    {
        if (CheckContestDecision(by) is { } refusal)
        {
            return refusal;
        }

        var contest = OpenContest!;
        return (upheld && contest.Kind == ContestKind.Unreasonable && remedy != ContestRemedy.Exclude
                ? new Refusal("case.contest.remedy", "认定为不合理诉求的，不计入三率。", "What is found unreasonable is left out of the rates.", "remedy")
                : upheld && remedy == ContestRemedy.CallAgain ? CheckCallAgain() : null)
            ?? Missing(opinion, "opinion", upheld ? "请写明审定意见。" : "请写明不成立的理由。", upheld ? "Write the decision." : "Say why it is dismissed.")
            ?? TooLong(opinion, MaxContestText, "opinion")
            ?? Add(new ContestDecided(contest.No, upheld, upheld ? remedy : null, opinion.Trim(), Replaces: upheld && remedy == ContestRemedy.CallAgain), by, now);
    }

    /// <summary>Whether a new call could say anything of the unit whose result is contested; pages ask before they offer it.</summary>
    public Refusal? CheckCallAgain() =>
        IsErased ? new("case.contest.erased", "诉求人信息已经清除，不能重新回访。", "The petitioner has been erased: nobody can be called.", "remedy")
        : FirstReceiver != CountedUnit || (Status.IsFinished() && Status is not (CaseStatus.Closed or CaseStatus.Archived))
            ? new("case.contest.moved", "案件已不由该单位办理，重新回访说明不了它的办理情况。", "The unit has the case no more: a new call says nothing of its work.", "remedy")
        : null;

    /// <summary>Whether somebody may make the next call; after an upheld appeal not whoever made the call that was contested.</summary>
    public Refusal? CheckCaller(Actor by) =>
        (IsRecalled || AwaitsCorrection) && HasCalled(by)
            ? new("case.callback.own-call", "本案的回访您打过，请同事重新回访。", "You have called in this case already: a colleague makes the new call.")
            : null;

    private bool HasCalled(Actor by) => by.UserId == CalledBy || by.UserId == FirstCalledBy;

    public Refusal? CheckContestDecision(Actor by) =>
        OpenContest is not { State: ContestState.Examined } contest ? s_noContest
        : by.Role is not (Role.Supervisor or Role.DistrictLeader) || !by.Oversees(District) ? new("case.contest.reviewer", "由督查或区领导审定。", "The supervisors or the district's leader decide.")
        : by.Stands(contest.ExaminedBy ?? "") || by.UserId == contest.ExaminedBy ? new("case.contest.own-finding", "核查人不能审定。", "Whoever examined it does not decide.")
        : null;

    private static readonly Refusal s_noContest = new("case.contest.none", "没有待处理的认定或申诉。", "There is nothing of the kind to deal with.");

    private bool ApplyToContest(CaseEvent happened, ActorStamp by, DateTimeOffset at)
    {
        switch (happened)
        {
            case ContestFiled e: _contests.Add(new CaseContest(Id, e.No, e.Kind, e.Unit, District, e.Ground, e.Text, at, e.DueAt)); return true;
            case ContestExamined e: ContestOf(e.No).Examine(e, by.UserId, at); return true;
            case ContestNear e: ContestOf(e.No).Remind(); return true;
            case ContestLapsed e: ContestOf(e.No).Lapse(at); return true;
            case ContestWithdrawn e: ContestOf(e.No).Withdraw(at); return true;
            case ContestDecided e:
                ContestOf(e.No).Decide(e, at);
                IsExcluded |= e.Remedy == ContestRemedy.Exclude;
                if (e.Remedy == ContestRemedy.CallAgain && Status is CaseStatus.CalledBack or CaseStatus.Closed or CaseStatus.Archived)
                {
                    (IsRecalled, CallAt, CallsMissed, CallbackWay) = (true, at, 0, CallbackWay ?? Callbacks.CallbackWay.Phone);
                }

                return true;
            default: return false;
        }
    }

    // Whoever has it is reminded before it is late, and it is written down when it is; also of a case that is closed.
    private IEnumerable<(DateTimeOffset At, CaseEvent Happened)> ContestBells() =>
        OpenContest is not { } contest ? []
        : contest.RemindAt is { } remindAt ? [(remindAt, new ContestNear(contest.No, contest.DueAt))]
        : contest.LapsedAt is null ? [(contest.DueAt, new ContestLapsed(contest.No, contest.DueAt))]
        : [];

    // What he says of another unit's work corrects nothing of this one's.
    private void KeepCorrection()
    {
        if (FirstReceiver != CountedUnit)
        {
            Correcting?.Correct(Correction.Moved);
        }
    }

    private CaseContest ContestOf(int no) => _contests.Find(contest => contest.No == no)!;
}
