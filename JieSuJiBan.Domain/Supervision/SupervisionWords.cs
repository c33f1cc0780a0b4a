namespace JieSuJiBan.Domain.Supervision;

/// <summary>Rising pressure, and what a meeting has decided.</summary>
public enum SupervisionKind
{
    [Word("催办")] Remind,
    [Word("督办")] Supervise,
    [Word("查办")] Investigate,
    [Word("任务")] Task,
}

public enum SupervisionState
{
    [Word("待回复")] Issued,
    [Word("已回复，待核查")] Answered,
    [Word("已退回，待回复")] Returned,
    [Word("已办结")] Settled,
    [Word("已撤销")] Withdrawn,
}

/// <summary>What an order may be about.</summary>
public enum SubjectKind
{
    [Word("案件")] Case,
    [Word("哨")] Whistle,
    [Word("会议")] Review,
    [Word("群诉")] Crowd,
}

/// <summary>A unit's part in an order; it is also why the unit may see it.</summary>
public enum OrderPart
{
    [Word("承办单位")] Addressee,
    [Word("下达单位")] Issuer,
    [Word("抄送")] Copy,
}

public static class SupervisionStates
{
    public static bool IsOpen(this SupervisionState state) => state is SupervisionState.Issued or SupervisionState.Answered or SupervisionState.Returned;

    /// <summary>It is the addressee's turn.</summary>
    public static bool AwaitsAnswer(this SupervisionState state) => state is SupervisionState.Issued or SupervisionState.Returned;
}
