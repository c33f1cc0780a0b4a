namespace JieSuJiBan.Domain.Duties;

/// <summary>On whose list a duty stands.</summary>
public enum DutyScope
{
    [Word("区级")] District,
    [Word("街乡镇")] Street,
    [Word("社区（村）协助")] Community,
}

public enum DutyState
{
    [Word("待准入")] Proposed,
    [Word("有效")] InForce,
    [Word("未准入")] Rejected,
    [Word("已废止")] Ended,
}

/// <summary>Who has to agree before a duty, or a revision of it, comes into force (准入).</summary>
public enum DutyJudge
{
    [Word("不需准入")] Nobody,
    [Word("待区指挥中心确认")] Keeper,
    [Word("待区领导准入")] Leader,
}
