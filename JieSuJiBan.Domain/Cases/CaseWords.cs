namespace JieSuJiBan.Domain.Cases;

/// <summary>Where a demand came from.</summary>
public enum Channel
{
    [Word("12345热线")] Hotline,
    [Word("网络留言")] Web,
    [Word("来信来访")] Visit,
    [Word("网格上报")] Grid,
    [Word("社区（村）上报")] Community,
    [Word("部门移送")] Department,
    [Word("媒体反映")] Media,
    [Word("领导交办")] Leader,
    [Word("巡查发现")] Patrol,
    [Word("民意直通车")] PublicDoor,
    [Word("企业热线")] Enterprise,
    [Word("代表建议、委员提案")] Deputies,
    [Word("其他系统")] System,
}

/// <summary>What the petitioner wants: the natures of 条例, and the two that exports add.</summary>
public enum Nature
{
    [Word("咨询")] Question,
    [Word("求助")] Help,
    [Word("投诉")] Complaint,
    [Word("举报")] Report,
    [Word("建议")] Proposal,
    [Word("感谢")] Thanks,
    [Word("表扬")] Praise,
}

/// <summary>The six ends without dispatch (条例 11). Each has a reply of its own.</summary>
public enum InformReason
{
    [Word("紧急求助，请拨打110、119、120等紧急电话")] Emergency,
    [Word("已进入诉讼、仲裁、复议或信访程序")] InOtherProcedure,
    [Word("同一诉求已答复，无新情况")] NothingNew,
    [Word("涉及国家秘密、商业秘密或个人隐私")] Secret,
    [Word("不属于行政机关和公共服务企业职责")] BeyondDuty,
    [Word("违反法律法规或公序良俗")] Unlawful,
}

/// <summary>A unit's part in a case; it is also why the unit may see it.</summary>
public enum Part
{
    [Word("属地")] Home,
    [Word("登记")] Registrar,
    [Word("首接主办")] Lead,
    [Word("协办")] CoUnit,
    [Word("抄送")] Copy,
    [Word("协助")] Assist,
    [Word("报到")] Summoned,
}

/// <summary>How satisfied the petitioner says he is.</summary>
public enum Satisfaction
{
    [Word("满意")] Satisfied,
    [Word("基本满意")] Basically,
    [Word("不满意")] Unsatisfied,
    [Word("未评价")] NotSaid,
}

public enum ObjectionState
{
    [Word("待审核")] Open,
    [Word("成立")] Upheld,
    [Word("不成立")] Dismissed,
}

public static class InformReplies
{
    /// <summary>What the petitioner is told; the officer may add to it.</summary>
    public static string Reply(this InformReason reason) => reason switch
    {
        InformReason.Emergency => "您反映的是紧急情况，请立即拨打110、119、120等紧急电话，相关部门会第一时间到场。",
        InformReason.InOtherProcedure => "您反映的事项已进入诉讼、仲裁、行政复议或信访程序，请按该程序的告知等待办理结果。",
        InformReason.NothingNew => "您反映的事项此前已经答复，目前没有新的事实和理由，仍以原答复为准。",
        InformReason.Secret => "您反映的内容涉及国家秘密、商业秘密或个人隐私，不宜通过热线办理，请按告知的途径提出。",
        InformReason.BeyondDuty => "您反映的事项不属于行政机关和公共服务企业的职责，建议通过协商、调解、仲裁或诉讼等途径解决。",
        InformReason.Unlawful => "您提出的要求不符合法律法规或公序良俗，无法办理。",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
