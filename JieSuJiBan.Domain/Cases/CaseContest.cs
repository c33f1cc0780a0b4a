using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

/// <summary>What a unit contests. Neither takes anything off the books.</summary>
public enum ContestKind
{
    [Word("不合理诉求认定")] Unreasonable,
    [Word("考核申诉")] Result,
}

public enum ContestGround
{
    [Word("诉求没有法律政策依据")] NoBasis,
    [Word("同一事项已依法办结，反复提出")] Repeated,
    [Word("与事实不符")] Untrue,
    [Word("超出法定职责，已说明")] BeyondDuty,
    [Word("回访记录与诉求人本意不符")] WrongRecord,
    [Word("非本单位原因未解决")] NotOurs,
    [Word("回访后已经解决")] SolvedSince,
    [Word("其他")] Other,
}

public enum ContestState
{
    [Word("待核查")] Filed,
    [Word("待审定")] Examined,
    [Word("成立")] Upheld,
    [Word("不成立")] Dismissed,
    [Word("已撤回")] Withdrawn,
}

/// <summary>What follows from a contest that is upheld.</summary>
public enum ContestRemedy
{
    [Word("不计入三率")] Exclude,
    [Word("重新回访，以新结果为准")] CallAgain,
}

/// <summary>What became of the new call that an upheld appeal asked for, and of the first result with it.</summary>
public enum Correction
{
    [Word("等待重新回访")] Waiting,
    [Word("首次结果已更正")] Made,
    [Word("三次未接通，首次结果不变")] Unreached,
    [Word("案件已改派其他单位，首次结果不变")] Moved,
}

public static class ContestGrounds
{
    public static IReadOnlyList<ContestGround> Of(ContestKind kind) => kind == ContestKind.Unreasonable
        ? [ContestGround.NoBasis, ContestGround.Repeated, ContestGround.Untrue, ContestGround.BeyondDuty, ContestGround.Other]
        : [ContestGround.WrongRecord, ContestGround.NotOurs, ContestGround.SolvedSince, ContestGround.Other];
}

/// <summary>
/// A unit says that a demand is unreasonable, or that what a callback found is not so. The command centre examines, a reviewer of the
/// district decides, and both have a limit.
/// </summary>
public sealed class CaseContest(Guid caseId, int no, ContestKind kind, OrgPath unit, OrgPath district, ContestGround ground, string text, DateTimeOffset filedAt, DateTimeOffset dueAt)
{
    public Guid CaseId { get; private set; } = caseId;
    public int No { get; private set; } = no;
    public ContestKind Kind { get; private set; } = kind;
    public OrgPath Unit { get; private set; } = unit;
    public OrgPath District { get; private set; } = district;
    public ContestGround Ground { get; private set; } = ground;
    public string Text { get; private set; } = text;
    public DateTimeOffset FiledAt { get; private set; } = filedAt;

    /// <summary>When whoever has it now must be done with it.</summary>
    public DateTimeOffset DueAt { get; private set; } = dueAt;

    public ContestState State { get; private set; } = ContestState.Filed;

    /// <summary>What the command centre says of it, and who there does.</summary>
    public bool? Supported { get; private set; }

    public string? Finding { get; private set; }
    public string? ExaminedBy { get; private set; }
    public ContestRemedy? Remedy { get; private set; }
    public string? Opinion { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When whoever has it now is reminded; nothing once he was.</summary>
    public DateTimeOffset? RemindAt { get; private set; } = LastQuarter(filedAt, dueAt);

    /// <summary>When it was written down that he is late.</summary>
    public DateTimeOffset? LapsedAt { get; private set; }

    /// <summary>Only where a new call counts in the place of the first.</summary>
    public Correction? Correction { get; private set; }

    public bool IsOpen => State is ContestState.Filed or ContestState.Examined;

    /// <summary>How the step stands that is now due: its own time counts, not the time since the contest was filed.</summary>
    public Lamp LampAt(DateTimeOffset now) => Standing(RemindAt, DueAt, now);

    /// <summary>The same of a line in a list. What reminds whoever has it is what turns the lamp.</summary>
    public static Lamp Standing(DateTimeOffset? remindAt, DateTimeOffset dueAt, DateTimeOffset now) =>
        dueAt <= now ? Lamp.Red : remindAt > now ? Lamp.Green : Lamp.Yellow;

    internal void Examine(ContestExamined e, string by, DateTimeOffset at)
    {
        (State, Supported, Finding, ExaminedBy, DueAt) = (ContestState.Examined, e.Supported, e.Finding, by, e.DueAt);
        (RemindAt, LapsedAt) = (LastQuarter(at, e.DueAt), null);
    }

    internal void Decide(ContestDecided e, DateTimeOffset at)
    {
        (State, Remedy, Opinion, DecidedAt) = (e.Upheld ? ContestState.Upheld : ContestState.Dismissed, e.Remedy, e.Opinion, at);
        (RemindAt, Correction) = (null, e.Replaces ? Cases.Correction.Waiting : null);
    }

    internal void Withdraw(DateTimeOffset at) => (State, DecidedAt, RemindAt) = (ContestState.Withdrawn, at, null);

    internal void Remind() => RemindAt = null;

    internal void Lapse(DateTimeOffset at) => LapsedAt = at;

    internal void Correct(Correction correction) => Correction = correction;

    private static DateTimeOffset LastQuarter(DateTimeOffset from, DateTimeOffset until) => until - TimeSpan.FromTicks((until - from).Ticks / 4);
}
