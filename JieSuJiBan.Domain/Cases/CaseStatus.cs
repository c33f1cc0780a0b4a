namespace JieSuJiBan.Domain.Cases;

public enum CaseStatus
{
    [Word("已登记")] Registered,
    [Word("即时答复")] AnsweredAtOnce,
    [Word("已告知")] Informed,
    [Word("已并案")] Merged,
    [Word("热线已办结")] TakenOver,
    [Word("待签收")] Dispatched,
    [Word("已签收")] Accepted,
    [Word("已联系")] Contacted,
    [Word("办理中")] InProgress,
    [Word("吹哨中")] Whistled,
    [Word("提级中")] Escalated,
    [Word("挂账")] Suspended,
    [Word("待审核")] Submitted,
    [Word("已答复")] Answered,
    [Word("已回访")] CalledBack,
    [Word("已结案")] Closed,
    [Word("已归档")] Archived,
}

public static class CaseTransitions
{
    // The whole lifecycle on one screen. Anything absent is refused.
    public static bool Allows(CaseStatus from, CaseStatus to) => (from, to) switch
    {
        (CaseStatus.Registered, CaseStatus.AnsweredAtOnce or CaseStatus.Informed or CaseStatus.Merged or CaseStatus.Dispatched) => true,
        (CaseStatus.Registered or CaseStatus.Dispatched, CaseStatus.TakenOver) => true,  // finished elsewhere before anybody here signed for it
        (CaseStatus.TakenOver, CaseStatus.TakenOver) => true,    // and the petitioner said later what he thinks of it
        (CaseStatus.TakenOver, CaseStatus.Registered) => true,   // or it was taken up again

        (CaseStatus.Registered, CaseStatus.Closed) => true,      // found by ourselves and put right on the spot

        (CaseStatus.Dispatched, CaseStatus.Dispatched) => true,  // sent elsewhere before anybody signed for it
        (CaseStatus.Dispatched, CaseStatus.Accepted) => true,
        (CaseStatus.Dispatched or CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress, CaseStatus.Registered) => true,  // objection upheld

        (CaseStatus.Accepted, CaseStatus.Contacted) => true,
        (CaseStatus.Contacted, CaseStatus.InProgress) => true,
        (CaseStatus.Accepted, CaseStatus.InProgress) => true,    // nobody complained, so nobody is contacted
        (CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress, CaseStatus.Whistled) => true,

        (CaseStatus.Whistled or CaseStatus.Escalated or CaseStatus.Suspended, CaseStatus.InProgress) => true,
        (CaseStatus.InProgress or CaseStatus.Whistled, CaseStatus.Escalated or CaseStatus.Suspended) => true,
        (CaseStatus.Escalated, CaseStatus.Suspended or CaseStatus.Whistled) => true,
        (CaseStatus.Suspended, CaseStatus.Whistled) => true,
        (CaseStatus.Whistled or CaseStatus.Escalated or CaseStatus.Suspended, CaseStatus.Registered) => true,  // an objection raised before, upheld since

        (CaseStatus.InProgress, CaseStatus.Submitted) => true,
        (CaseStatus.Submitted, CaseStatus.InProgress) => true,   // the unit's head wants more
        (CaseStatus.Submitted, CaseStatus.Answered) => true,

        (CaseStatus.Answered, CaseStatus.CalledBack) => true,
        (CaseStatus.CalledBack, CaseStatus.CalledBack) => true,  // called once more
        (CaseStatus.CalledBack, CaseStatus.Accepted) => true,    // not solved: done again by the same unit
        (CaseStatus.CalledBack, CaseStatus.Closed) => true,
        (CaseStatus.Closed, CaseStatus.Archived) => true,
        _ => false,
    };

    public static bool IsFinished(this CaseStatus status) => status
        is CaseStatus.AnsweredAtOnce or CaseStatus.Informed or CaseStatus.Merged or CaseStatus.TakenOver or CaseStatus.Closed or CaseStatus.Archived;

    /// <summary>The unit is at work on it: progress, whistles and help are possible.</summary>
    public static bool IsBeingHandled(this CaseStatus status) => status
        is CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress or CaseStatus.Whistled or CaseStatus.Escalated or CaseStatus.Suspended;
}

/// <summary>Whose turn it is, so that everybody's home page is one indexed question.</summary>
public enum CaseStep
{
    [Word("无待办")] None,
    [Word("待派单")] Dispatch,
    [Word("待签收")] Accept,
    [Word("待首次联系")] Contact,
    [Word("待办理")] Handle,
    [Word("待审核")] Approve,
    [Word("待回访")] CallBack,
    [Word("待结案")] Close,
    [Word("待归档")] Archive,
}
