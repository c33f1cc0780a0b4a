using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Notices;

/// <summary>What one is told of. The word is the notice's title, whichever way it goes.</summary>
public enum NoticeKind
{
    [Word("哨声召集本单位")] Whistle,
    [Word("哨单请您签批")] SignatureAsked,
    [Word("请您批示")] DecisionAsked,
    [Word("请您批示，时限将到")] DecisionNear,
    [Word("请您批示，时限已过")] DecisionLate,
    [Word("本级延期申请（备案）")] DecisionCopied,
    [Word("领导已决定")] DecisionMade,
    [Word("收到派单")] Dispatched,
    [Word("请本单位协助")] HelpAsked,
    [Word("派单异议已裁定")] ObjectionRuled,
    [Word("办理结果被退回")] ResultReturned,
    [Word("纪要请确认")] MinutesToConfirm,
    [Word("请评价吹哨")] AssessmentAsked,
    [Word("有准备工作到期")] PreparationDue,
    [Word("预判问题将到")] SeasonComes,
    [Word("请您包案")] InCharge,
    [Word("收到督办任务")] OrderReceived,
    [Word("督办任务抄送")] OrderCopied,
    [Word("督办任务已回复")] OrderAnswered,
    [Word("督办任务被退回")] OrderReturned,
    [Word("督办任务已办结或撤销")] OrderEnded,
    [Word("督办任务逾期未回复")] OrderLate,
    [Word("时限提醒")] Late,
    [Word("催办督办")] Urged,
    [Word("单位逾期报区")] Reported,
    [Word("三率排名已公布")] RankingPublished,
    [Word("三率排名已更正")] RankingCorrected,
    [Word("三率排名已撤回")] RankingWithdrawn,
    [Word("认定或申诉待核查")] ContestFiled,
    [Word("认定或申诉待审定")] ContestToDecide,
    [Word("认定或申诉已审定")] ContestDecided,
    [Word("认定或申诉时限将到")] ContestNear,
    [Word("认定或申诉已超期")] ContestLate,
    [Word("企业诉求报告已发布")] EnterpriseReportPublished,
    [Word("企业诉求报告已更正")] EnterpriseReportCorrected,
}

/// <summary>
/// One thing that one person is told. It says what happened to which number, and by which unit; nothing of what people wrote and
/// nobody's name. Written with the log entry it tells of, in the same transaction.
/// </summary>
public sealed class Notice
{
    public required Guid Id { get; init; }
    public required string UserId { get; init; }

    /// <summary>The unit for which he is told, by his post in it.</summary>
    public required OrgPath For { get; init; }

    public required NoticeKind Kind { get; init; }

    /// <summary>The same for everybody who is told the same thing, and told to nobody twice.</summary>
    public required string Key { get; init; }

    /// <summary>The log entry: none for a sum.</summary>
    public Guid? Stream { get; init; }

    public int Sequence { get; init; }
    public Guid? CaseId { get; init; }

    /// <summary>The number of the case or whistle, or what the calendar calls the problem.</summary>
    public string? Number { get; init; }

    /// <summary>The unit that did it.</summary>
    public string? From { get; init; }

    /// <summary>Where it is answered, on the portal; none if he may not look any more.</summary>
    public string? Link { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Not held back by quiet hours, never summed up, and the deputy's if nobody sees it.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>Nobody saw it in time: it came to the deputy.</summary>
    public bool IsForDeputy { get; init; }

    /// <summary>Of a 举报 nothing leaves the portal.</summary>
    public bool StaysInside { get; init; }

    /// <summary>How many it stands for.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The notice that stands for this one and others of its kind.</summary>
    public Guid? SummedIn { get; set; }

    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>When it is to be decided which ways it goes; nothing once that is done.</summary>
    public DateTimeOffset? PlanAt { get; set; }

    /// <summary>When the deputy is told, if nobody has seen it by then.</summary>
    public DateTimeOffset? DeputyAt { get; set; }

    /// <summary>The same for whoever steps in.</summary>
    public Notice ForDeputy(string userId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        For = For,
        Kind = Kind,
        Key = Key,
        Stream = Stream,
        Sequence = Sequence,
        CaseId = CaseId,
        Number = Number,
        From = From,
        Link = Stream is null ? null : Link == "/inbox" ? $"/whistles/{Stream}" : Link,
        At = now,
        IsEmergency = IsEmergency,
        IsForDeputy = true,
        StaysInside = StaysInside,
        PlanAt = now,
    };
}

/// <summary>The ways beside the portal itself, which is always one.</summary>
public enum NoticeWay
{
    [Word("邮件")] Mail,
    [Word("浏览器推送")] Push,
    [Word("政务微信或短信")] Gateway,
}

public enum SendState
{
    Waiting,
    Sent,

    /// <summary>Given up.</summary>
    Dead,
}

/// <summary>One notice on one way. It may arrive twice, never not at all while there is hope.</summary>
public sealed class NoticeSend
{
    public long No { get; init; }
    public required Guid NoticeId { get; init; }
    public required NoticeWay Way { get; init; }

    /// <summary>Which browser, for a push.</summary>
    public Guid Target { get; init; }

    public SendState State { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>One node at a time sends it; this is how long its turn lasts at most.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}
