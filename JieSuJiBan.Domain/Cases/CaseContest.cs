using JieSuJiBan.Domain.Organisation;

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

    public bool IsOpen => State is ContestState.Filed or ContestState.Examined;

    internal void Examine(ContestExamined e, string by) =>
        (State, Supported, Finding, ExaminedBy, DueAt) = (ContestState.Examined, e.Supported, e.Finding, by, e.DueAt);

    internal void Decide(ContestDecided e, DateTimeOffset at) =>
        (State, Remedy, Opinion, DecidedAt) = (e.Upheld ? ContestState.Upheld : ContestState.Dismissed, e.Remedy, e.Opinion, at);

    internal void Withdraw(DateTimeOffset at) => (State, DecidedAt) = (ContestState.Withdrawn, at);
}
