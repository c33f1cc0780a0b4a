namespace JieSuJiBan.Domain.Cases;

/// <summary>How a petitioner was asked, and answered.</summary>
public enum CallbackChannel
{
    [Word("电话")] Phone,
    [Word("短信或网页")] Link,
}

/// <summary>Who took the call. Never a name.</summary>
public enum Reached
{
    [Word("本人")] Petitioner,
    [Word("家人")] Family,
    [Word("同事或经办人")] Colleague,
    [Word("其他知情人")] Other,
}

public enum UnsolvedReason
{
    [Word("没有办理")] NotDone,
    [Word("只解决了一部分")] InPart,
    [Word("解决后又出现")] CameBack,
    [Word("只答应没有落实")] OnlyPromised,
    [Word("条件不具备，需要时间")] NeedsTime,
    [Word("其他")] Other,
}

public enum UnsatisfiedReason
{
    [Word("办得慢")] Slow,
    [Word("态度不好")] Manner,
    [Word("不认可结果")] Result,
    [Word("没有说清楚")] Unexplained,
    [Word("没有人联系")] NotContacted,
    [Word("其他")] Other,
}

/// <summary>What a petitioner says when he is asked: was he contacted, is it solved, is he satisfied, and if not, why not.</summary>
public sealed record CallbackAnswer(
    bool Contacted, bool Solved, Satisfaction Satisfaction, UnsolvedReason? Unsolved = null, UnsatisfiedReason? Unsatisfied = null, string? Remark = null,
    Reached? Reached = null)
{
    public const int MaxRemark = CaseFile.MaxRemark;

    /// <summary>A yes needs no reason: one that was chosen before the answer changed is dropped.</summary>
    public CallbackAnswer Tidy() => this with
    {
        Unsolved = Solved ? null : Unsolved,
        Unsatisfied = Satisfaction == Cases.Satisfaction.Unsatisfied ? Unsatisfied : null,
        Remark = string.IsNullOrWhiteSpace(Remark) ? null : Remark.Trim(),
    };

    /// <summary>What is wanting in it.</summary>
    public IEnumerable<Refusal> Problems()
    {
        if (!Solved && Unsolved is null)
        {
            yield return new("case.missing.unsolved", "请选择没有解决的原因。", "Choose why it is not solved.", "unsolved");
        }

        if (Satisfaction == Cases.Satisfaction.Unsatisfied && Unsatisfied is null)
        {
            yield return new("case.missing.unsatisfied", "请选择不满意的原因。", "Choose why he is not satisfied.", "unsatisfied");
        }

        if ((Unsolved == UnsolvedReason.Other || Unsatisfied == UnsatisfiedReason.Other) && string.IsNullOrWhiteSpace(Remark))
        {
            yield return new("case.missing.remark", "选“其他”的，请写明原因。", "Say which other reason.", "remark");
        }

        if (Remark?.Length > MaxRemark)
        {
            yield return new("case.too-long", $"太长了，最多{MaxRemark}个字。", $"Too long: at most {MaxRemark} characters.", "remark");
        }
    }
}
