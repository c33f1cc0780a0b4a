namespace JieSuJiBan.Domain.Foreseen;

public enum ForeseenState
{
    [Word("待确认")] Proposed,
    [Word("在册")] InForce,
    [Word("未采纳")] Rejected,
    [Word("已停用")] Ended,
}

/// <summary>How far a preparation is for the season that is running or comes next.</summary>
public enum StepState
{
    [Word("未开始")] Waiting,
    [Word("准备中")] Started,
    [Word("已完成")] Finished,
}
