using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Log;

/// <summary>An entry as people read it: a symbol, one sentence, what was written, what came with it.</summary>
public sealed record Telling(string Icon, string Headline, string? Text = null, IReadOnlyList<AttachmentRef>? Files = null, Tone Tone = Tone.Plain);

public enum Tone
{
    Plain,
    Good,
    Waiting,
    Alarm,
}

/// <summary>Tells log entries in words, for timelines and for the printed file. Every event has its branch here.</summary>
public sealed class Story(UnitBook units, IStringLocalizer<Texts> texts)
{
    public Telling Tell(LogEntry entry) => entry.Event switch
    {
        CaseEvent happened => TellCase(happened),
        WhistleEvent happened => TellWhistle(happened),
        DutyEvent happened => TellDuty(happened),
        ForeseenEvent happened => TellForeseen(happened),
        ReviewEvent happened => TellReview(happened),
        RepeatsRead e => new("visibility", texts["打开重复诉求人台账"], texts["用途：{0}", e.Purpose], Tone: Tone.Waiting),
        AnalysisDrafted e => new("article", texts["定下{0}年{1}月分析的初稿，{2}条", e.Month.Year, e.Month.Month, e.Findings.Count]),
        AnalysisEdited e => new("edit_note", texts["修改月度分析，{0}条", e.Findings.Count]),
        AnalysisPublished => new("campaign", texts["发布月度分析"], Tone: Tone.Good),
        AnalysisCorrected e => new("edit_note", texts["发布月度分析第{0}版", e.Edition], e.Reason),
        EnterpriseReportDrafted e => new("article", texts["起草企业诉求报告{0}，{1}条", e.Month.Now.Key, e.Findings.Count]),
        EnterpriseReportEdited e => new("edit_note", texts["修改企业诉求报告，{0}条", e.Findings.Count]),
        EnterpriseReportRecounted e => new("refresh", texts["重新统计企业诉求报告，{0}条", e.Findings.Count]),
        EnterpriseReportPublished => new("campaign", texts["发布企业诉求报告"], Tone: Tone.Good),
        EnterpriseReportCorrected e => new("published_with_changes", texts["发布企业诉求报告第{0}版", e.Edition], e.Reason, Tone: Tone.Good),
        CalendarSet e => new("edit_calendar", texts["录入{0}年：放假{1}天，补班{2}天", e.Year, e.Days.Holidays.Count, e.Days.MakeUpDays.Count], e.Basis),
        SupervisionEvent happened => TellOrder(happened),
        CallbackPlanSet e => new("tune", texts["设定回访方案"], Join(texts["电话{0}%，先短信{1}%，每月至少{2}件", e.Terms.PhonePercent, e.Terms.LinkFirstPercent, e.Terms.Minimum], e.Reason)),
        PolicySet e => new("tune", Policy(e.Values), e.Reason),
        TimePlanSet e => new("schedule", texts["设定时限方案：{0}", e.Terms.Name], e.Reason),
        WhistlePlanSet e => new("schedule", texts["设定时限方案：{0}", texts.Of(e.Terms.Kind)], e.Reason),
        SchemeSet e => new("scale", texts["设定考评方案“{0}”，{1}起", e.Terms.Name, e.Terms.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], e.Reason),
        RankingPublished => new("leaderboard", texts["公布第{0}版", 1], Tone: Tone.Good),
        RankingCorrected e => new("published_with_changes", texts["公布第{0}版", e.Edition], e.Reason, Tone: Tone.Good),
        RankingWithdrawn e => new("unpublished", texts["撤回"], e.Reason, Tone: Tone.Waiting),
        MutualSchemeSet e => new("balance", texts["设定双考评方案，{0}起", e.From], e.Reason),
        FirmAliasSet e => new("storefront", texts["登记别名：{0}就是{1}", e.Alias, e.Name]),
        FirmAliasEnded => new("storefront", texts["取消别名"]),
        FirmListProposed e => new("storefront", texts["提出{0}红黑榜，共{1}家", e.Month, e.Entries.Count]),
        FirmsNotified e => new("mail", texts["告知企业，{0}前可以申辩", e.ReplyBy.Full()], texts["依据：{0}", e.Basis]),
        FirmReplied e => new("reply", texts["第{0}家申辩", e.No], e.Text),
        FirmDropped e => new("undo", texts["撤下第{0}家", e.No], e.Reason),
        FirmListPublished e => new("publish", texts["公布第{0}版", e.Edition], e.Reason),
        DelegationGiven e => new("badge", texts["授权{0}代理，{1}至{2}", e.Terms.DeputyName, e.Terms.From.Full(), e.Terms.To.Full()], e.Reason),
        DelegationEnded => new("badge", texts["提前结束授权"]),
        TimePlanEnded e => new("schedule", texts["停用时限方案"], e.Reason),
        _ => throw new InvalidOperationException($"Nobody tells {entry.Type}."),
    };

    private Telling TellCase(CaseEvent happened) => happened switch
    {
        CaseRegistered e => new("edit_note", texts["登记诉求，{0}", texts.Of(e.Channel)], Join(e.Text, Details(e.Details), Position(e.Position)), e.Attachments, e.SafetyWord is null ? Tone.Plain : Tone.Alarm),
        PetitionerInformed e => new("info", texts["不予派单：{0}", texts.Of(e.Reason)], e.Reply),
        AnsweredAtOnce e => new("quickreply", texts["即时答复"], e.Reply),
        CaseMerged e => new("merge", texts["并入案件{0}", e.IntoNumber]),
        SolvedOnTheSpot e => new("task_alt", texts["自行解决，当场办结"], e.Result, e.Attachments, Tone.Good),
        HandedToDistrict e => new("move_up", texts["交区指挥中心派单"], e.Reason),
        CaseTakenOver e => new("cloud_done", TakenOver(e), Join(e.Result, Feedback(e)), Tone: Tone.Good),
        SourceUpdated e => new("sync", texts["热线更新工单"], Details(e.Changed), Tone: e is { SafetyWord: null, IsReport: false } ? Tone.Plain : Tone.Alarm),
        SubjectNamed e => new("storefront", e.Name is { } firm ? texts["登记被诉主体：{0}", firm] : texts["取消被诉主体"]),
        SourceReopened => new("replay", texts["热线重新交办"], Tone: Tone.Waiting),
        CaseJoined e => new("merge", texts["并入同一事项的诉求{0}", e.Number], Join(e.Title, e.Text), Tone: Tone.Waiting),
        CaseDispatched e => new("send", Dispatched(e), Join(e.Note, Proposed(e.Proposal))),
        CaseAccepted => new("how_to_reg", texts["签收"], Tone: Tone.Good),
        DispatchObjected e => new("gavel", e.Suggested is { } suggested ? texts["提出派单异议，建议派给{0}", Name(suggested)] : texts["提出派单异议"], Join(e.Reason, texts["依据：{0}", e.Basis]), Tone: Tone.Waiting),
        ObjectionReviewed e => new("gavel", e.Upheld ? texts["异议成立，重新派单"] : texts["异议不成立，继续办理"], e.Opinion),
        PetitionerContacted e => new("call", e.Reached ? texts["联系诉求人"] : texts["联系诉求人，未联系上"], e.Text, Tone: e.Reached ? Tone.Good : Tone.Waiting),
        HelpAssigned e => new("group_add", texts["请{0}协助", Name(e.Unit)], e.Ask),
        CaseProgressed e => new("construction", texts["办理进展"], e.Text, e.Attachments),
        ResultSubmitted e => new("rule", texts["提交办理结果"], e.Result, e.Attachments),
        ResultReturned e => new("undo", texts["退回办理结果"], e.Reason, Tone: Tone.Waiting),
        CaseAnswered e => new("mark_email_read", e.ToReporter ? texts["答复上报单位"] : texts["答复诉求人并反馈热线"], e.Reply, Tone: Tone.Good),
        ReporterConfirmed e => new("fact_check", e.Solved ? texts["上报单位确认：已解决"] : texts["上报单位确认：未解决"], e.Remark, Tone: e.Solved ? Tone.Good : Tone.Waiting),
        FactsAdded e => new("post_add", texts["补充情况"], e.Text, e.Attachments),
        PetitionerRated e => new("rate_review", texts["诉求人自评：{0}，{1}", e.Solved ? texts["已解决"] : texts["未解决"], texts.Of(e.Satisfaction)], e.Remark, Tone: e.Solved ? Tone.Good : Tone.Waiting),
        PetitionerCalledBack e => new("support_agent", CalledBack(e), Join(Reasons(e), e.Remark), Tone: e.Solved ? Tone.Good : Tone.Waiting),
        CallbackMissed e => new("phone_missed", texts["回访：第{0}次未接通", e.Try], Join(e.Again is { } again ? texts["{0}再打", again.Full()].Value : null, e.Remark), Tone: Tone.Waiting),
        CallbackAsked e => new("casino", texts["回访方式：{0}", texts.Of(e.Way)], Join(Drawn(e), e.Until is { } until ? texts["{0}前等候回复", until.Full()].Value : null, texts["依据：{0}", e.Basis]), Tone: Tone.Waiting),
        CallbackLinkLapsed e => new("timer_off", texts["{0}前没有回复短信或网页回访", e.Until.Full()], Tone: Tone.Waiting),
        ContestFiled e => new("balance", texts["{0}：{1}", texts.Of(e.Kind), texts.Of(e.Ground)], Join(e.Text, texts["{0}前核查；依据：{1}", e.DueAt.Full(), e.Basis]), e.Attachments, Tone.Waiting),
        CallbackUndelivered => new("sms_failed", texts["回访短信没有送达，改为电话回访"], Tone: Tone.Waiting),
        ContestNear e => new("notifications_active", texts["提醒：认定或申诉请在{0}前处理", e.DueAt.Full()], Tone: Tone.Waiting),
        ContestLapsed e => new("alarm", texts["认定或申诉没有在{0}前处理", e.DueAt.Full()], Tone: Tone.Alarm),
        ContestExamined e => new("manage_search", e.Supported ? texts["核查：建议成立"] : texts["核查：建议不成立"], Join(e.Finding, texts["{0}前审定", e.DueAt.Full()])),
        ContestDecided e => new("gavel", e.Remedy is { } remedy ? texts["审定：成立，{0}", texts.Of(remedy)] : texts["审定：不成立"], Join(e.Replaces ? texts["接通后的回答代替首次结果，仍计入原单位、原考评周期"].Value : null, e.Opinion), Tone: e.Upheld ? Tone.Good : Tone.Waiting),
        ContestWithdrawn => new("undo", texts["撤回认定或申诉"]),
        SpotChecked e => new("fact_check", e.IsDone ? texts["现场核查：属实"] : texts["现场核查：没有办好"], e.Finding, e.Attachments, e.IsDone ? Tone.Good : Tone.Alarm),
        CaseRedone e => new("replay", texts["重办，{0}前办结", e.DueAt.Full()], e.Reason, Tone: Tone.Waiting),
        CaseClosed e => new("task_alt", texts["结案"], e.Conclusion, Tone: Tone.Good),
        CaseFileStored e => new("inventory_2", texts["案卷已存，共{0}页", e.Pages], $"SHA-256 {e.File.Sha256}"),
        CaseArchived e => new("archive", texts["归档，档号{0}，保管期限{1}", e.ArchiveNumber, texts[e.Retention]]),
        CaseWhistled e => new("campaign", texts["吹哨（{0}）", e.Number], e.Title, Tone: Tone.Alarm),
        CaseWhistleJoined e => new("group_add", texts["哨室加入{0}", Name(e.Unit)]),
        CaseWhistleEnded e => new("campaign", texts["结哨（{0}）", e.Number], e.Result, Tone: Tone.Good),
        CaseWhistleAssessed e => new("star", texts["双考评完毕（{0}）", e.Number], texts["结案后完成。"]),
        CaseEscalated e => new("publish", texts["提级至{0}", Name(e.To)], e.Reason, Tone: Tone.Waiting),
        CaseEscalationDecided e => new("approval", texts["提级已批复：{0}", texts[Enum.Parse<Decision>(e.Decision).Word()]], e.Text),
        CaseLeaderAsked e => new("publish", texts["提请{0}：{1}", Name(e.AddressedTo), texts.Of(e.Kind)],
            Join(e.Reason, e.Until is { } until ? texts["至{0}", until.Full()].Value : null, e.Explanation is { } told ? texts["已向诉求人说明：{0}", told].Value : null), Tone: Tone.Waiting),
        CaseLeaderDecided e => new("approval", texts["领导{0}第{1}项提请", texts.Of(e.Decision), e.No], e.Text, Tone: e.Decision == Decision.Returned ? Tone.Waiting : Tone.Good),
        CaseQuestionWithdrawn e => new("undo", texts["撤回第{0}项提请", e.No]),
        CaseDecisionForwarded e => new("forward", texts["转请{0}决定", e.Name], e.Remark),
        CaseDecisionNear e => new("notifications_active", texts["提醒领导：{0}前决定第{1}项提请", e.DueAt.Full(), e.No], texts["依据：{0}", e.Basis], Tone: Tone.Waiting),
        CaseDecisionLapsed e => new("alarm", texts["第{1}项提请未在{0}前决定", e.DueAt.Full(), e.No], texts["依据：{0}", e.Basis], Tone: Tone.Alarm),
        CaseExtended e => new("more_time", texts["延期至{0}", e.DueAt.Full()], Join(e.Reason, texts["已向诉求人说明：{0}", e.Explanation])),
        CaseSuspended e => new("pause_circle", texts["挂账至{0}", e.Until.Day()], e.Reason, Tone: Tone.Waiting),
        CaseResumed e => new("play_circle", texts["恢复办理，时限顺延至{0}", e.DueAt.Full()], e.Reason),
        DispatchLapsed e => new("alarm", texts["未按时派单，应在{0}前派出", e.DueAt.Full()], Tone: Tone.Alarm),
        NodeLapsed e => new("alarm", texts["节点超时：应在{0}前{1}", e.DueAt.Full(), texts.Of(e.Node)], Tone: Tone.Waiting),
        CaseUrged e => new("notification_important", texts["{0}{1}", texts.Of(e.Kind), Name(e.Unit)], texts["按时限方案，{0}到时", e.DueAt.Full()], Tone: Tone.Alarm),
        LimitReached e => new("timer_off", texts["办理时限届满，可以回访"], Tone: Tone.Waiting),
        ReviewLapsed e => new("timer_off", texts["派单异议未在{0}前审核", e.ReviewBy.Full()], Tone: Tone.Alarm),
        SuspensionLapsed e => new("timer_off", texts["挂账到期（{0}），请恢复办理或重新提请", e.Until.Day()], Tone: Tone.Waiting),
        PetitionerRevealed e => new("visibility", texts["查看诉求人信息"], texts["用途：{0}", e.Purpose]),
        PetitionerErased e => new("delete_forever", texts["清除诉求人信息"], texts["依据：{0}", e.Basis]),
        FullFileRead e => new("visibility", texts["调阅完整版案卷"], texts["用途：{0}", e.Purpose]),
        CaseChargeAssigned e => new("assignment_ind", e.Worker is { } worker ? texts["{0}{1}包案，{2}{3}专办", e.Leader.UnitName, e.Leader.Name, worker.UnitName, worker.Name] : texts["{0}{1}包案", e.Leader.UnitName, e.Leader.Name], e.Reason),
        OfficerWithdrew e => new("person_off", texts["申请回避"], e.Reason),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private Telling TellWhistle(WhistleEvent happened) => happened switch
    {
        WhistleDrafted e => new("edit_note", texts["拟哨（{0}）", e.Number], e.Brief.Title),
        WhistleRevised => new("edit", texts["修改哨单"]),
        WhistleSubmitted => new("send", texts["提交审签"], Tone: Tone.Waiting),
        WhistleReturned e => new("undo", texts["退回哨单"], e.Reason, Tone: Tone.Waiting),
        WhistleSigned e => new("approval", e.Together is { } many ? texts["审签同意（同批{0}件）", many] : texts["审签同意"], e.Opinion, Tone: Tone.Good),
        WhistleSounded e => new("campaign", texts["吹哨，召集{0}个单位", e.Deadlines.Count], e.LimitBasis, Tone: Tone.Alarm),
        WhistleRecalled e => new("cancel", texts["撤哨"], e.Reason),
        UnitSummoned e => new("group_add", texts["召集{0}", Name(e.Summons.Unit)], e.Summons.Ask, Tone: Tone.Alarm),
        AskSeen e => new("done_all", texts["已看到对{0}的要求", Name(e.Unit)]),
        UnitResponded e => new("reply", e.ArriveBy is { } at ? texts["{0}响应，约定{1}前到", Name(e.Unit), at.Full()] : texts["{0}响应", Name(e.Unit)], e.Text, Tone: Tone.Good),
        UnitObjected e => new("gavel", texts["{0}提出职责异议", Name(e.Unit)], Join(e.Reason, texts["依据：{0}", e.Basis]), Tone: Tone.Waiting),
        UnitReleased e => new("logout", texts["{0}退出哨室", Name(e.Unit)], e.Reason),
        ResponseLapsed e => new("timer_off", texts["{0}未在{1}前响应", Name(e.Unit), e.RespondBy.Full()], Tone: Tone.Alarm),
        ArrivalLapsed e => new("timer_off", texts["{0}未在{1}前报到", Name(e.Unit), e.ArriveBy.Full()], Tone: Tone.Alarm),
        ResolutionLapsed e => new("timer_off", texts["第{0}项未在{1}前落实，责任单位{2}", e.No, e.DueAt.Full(), Name(e.Unit)], Tone: Tone.Alarm),
        ObjectionLapsed e => new("timer_off", texts["{0}的职责异议未在{1}前处理", Name(e.Unit), e.ReviewBy.Full()], texts["依据：{0}", e.Basis], Tone: Tone.Alarm),
        UnitUrged { Step: OverdueStep.Urge } e => new("notification_important", texts["催{0}{1}", Name(e.Unit), Late(e.Matter, e.Resolution)], texts["依据：{0}", e.Basis], Tone: Tone.Alarm),
        UnitUrged e => new("notification_important", texts["请吹哨方督办：{0}未{1}", Name(e.Unit), Late(e.Matter, e.Resolution)], texts["依据：{0}", e.Basis], Tone: Tone.Alarm),
        LateReported e => new("move_up", texts["报区：{0}未{1}", Name(e.Unit), Late(e.Matter, e.Resolution)], Join(e.Text, Times(e.Evidence), texts["依据：{0}", e.Basis]), Tone: Tone.Alarm),
        UnitReportedIn e => new("location_on", texts["{0}报到（{1}）", Name(e.Unit), texts.Of(e.Mode)], Join(e.Text, Position(e.Position)), Tone: Tone.Good),
        UnitCommitted e => new("handshake", texts["{0}承诺", Name(e.Unit)], Measure(e.Measure, e.Person, e.DueAt), Tone: Tone.Good),
        UnitRefused e => new("block", texts["{0}不予承办", Name(e.Unit)], Join(e.Reason, texts["依据：{0}", e.Basis]), Tone: Tone.Waiting),
        UnitLeft e => new("logout", texts["{0}离会", Name(e.Unit)]),
        MessagePosted e => new("chat", "", e.Text, e.Attachments),
        ResolutionMade e => new("add_task", texts["议定第{0}项，责任单位{1}", e.No, Name(e.Unit)], Measure(e.Measure, e.Person, e.DueAt)),
        ResolutionAdopted e => new("task_alt", texts["议定第{0}项", e.No], Tone: Tone.Good),
        ResolutionDropped e => new("remove_done", texts["第{0}项未采纳", e.No], e.Reason),
        MinutesIssued e => new("article", texts["印发纪要（第{0}版）", e.Edition], Tone: Tone.Good),
        MinutesConfirmed e => new("verified", texts["{0}确认纪要", Name(e.Unit)]),
        MinutesDisputed e => new("report", texts["{0}对纪要有异议", Name(e.Unit)], e.Remark, Tone: Tone.Waiting),
        ResolutionFedBack e => new("rule", texts["反馈第{0}项", e.No], e.Text, e.Attachments),
        ResolutionSettled e => new("check_circle", texts["第{0}项销项", e.No], Tone: Tone.Good),
        ResolutionSentBack e => new("undo", texts["第{0}项退回", e.No], e.Reason, Tone: Tone.Waiting),
        LeaderAsked { Question: { Kind: RequestKind.Overdue, Unit: { } unit, Late: { } late } question } e => new(
            "publish", texts["请{0}领导批示：{1}未{2}", Name(e.AddressedTo), Name(unit), Late(late, question.Resolution)],
            Join(question.Evidence is { } evidence ? Times(evidence) : null, texts["依据：{0}", question.Reason]), Tone: Tone.Alarm),
        LeaderAsked e => new("publish", texts["提请{0}：{1}", Name(e.AddressedTo), texts.Of(e.Question.Kind)], Asked(e.Question), Tone: Tone.Waiting),
        DecisionNear e => new("notifications_active", e.No is null ? texts["提醒领导：{0}前审签", e.DueAt.Full()] : texts["提醒领导：{0}前决定第{1}项提请", e.DueAt.Full(), e.No], texts["依据：{0}", e.Basis], Tone: Tone.Waiting),
        DecisionLapsed e => new("alarm", e.No is null ? texts["未在{0}前审签", e.DueAt.Full()] : texts["第{1}项提请未在{0}前决定", e.DueAt.Full(), e.No], texts["依据：{0}", e.Basis], Tone: Tone.Alarm),
        DecisionForwarded e => new("forward", texts["转请{0}决定", e.Name], e.Remark),
        LeaderDecided e => new("approval", Decided(e), e.Text, Tone: e.Decision == Decision.Returned ? Tone.Waiting : Tone.Good),
        WhistleConfirmed e => new("verified", texts["确认解决"], e.Result, Tone: Tone.Good),
        UnitAssessed e => new("star", texts["评价{0}", Name(e.Unit)], Join(texts["响应{0} 报到{1} 措施{2} 成效{3}", e.Rating.Response, e.Rating.Arrival, e.Rating.Measure, e.Rating.Result], e.Rating.Remark)),
        WhistleAssessed e => new("star", texts["{0}评价吹哨", Name(e.Unit)], Join(texts["准备充分{0} 找对单位{1} 要求清楚{2}", e.Rating.Prepared, e.Rating.RightUnit, e.Rating.Clear], e.Rating.Remark)),
        AssessmentLapsed e => new("timer_off", texts["评价时限已到（{0}），没有评价的记未评", e.AssessBy.Full()], Join(e.Unrated.Count > 0 ? texts["吹哨方未评：{0}", Names(e.Unrated)].Value : null, e.Silent.Count > 0 ? texts["未评吹哨：{0}", Names(e.Silent)].Value : null, texts["依据：{0}", e.Basis]), Tone: Tone.Waiting),
        WhistleEnded => new("flag", texts["结哨"], Tone: Tone.Good),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private Telling TellDuty(DutyEvent happened) => happened switch
    {
        DutyProposed e => new("post_add", e.Judge == DutyJudge.Nobody ? texts["列入职责清单"] : texts["提出职责，{0}", texts.Of(e.Judge)], e.Reason, Tone: e.Judge == DutyJudge.Nobody ? Tone.Good : Tone.Waiting),
        DutyRevised e => new("edit", e.Judge == DutyJudge.Nobody ? texts["修改职责"] : texts["提出修改，{0}", texts.Of(e.Judge)], e.Reason, Tone: e.Judge == DutyJudge.Nobody ? Tone.Plain : Tone.Waiting),
        DutyAdmitted e => new("approval", texts["同意准入"], e.Reason, Tone: Tone.Good),
        DutyRejected e => new("block", texts["不予准入"], e.Reason, Tone: Tone.Waiting),
        DutyEnded e => new("cancel", texts["废止"], e.Reason),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private Telling TellForeseen(ForeseenEvent happened) => happened switch
    {
        ForeseenProposed e => new("event_upcoming", e.IsInForce ? texts["列入预判日历"] : texts["提出建议，待区指挥中心确认"], e.Reason, Tone: e.IsInForce ? Tone.Good : Tone.Waiting),
        ForeseenRevised e => new("edit", texts["修改问题"], e.Reason),
        ForeseenConfirmed e => new("approval", texts["采纳建议，列入预判日历"], e.Remark, Tone: Tone.Good),
        ForeseenRejected e => new("block", texts["不采纳建议"], e.Reason, Tone: Tone.Waiting),
        ForeseenEnded e => new("cancel", texts["停用"], e.Reason),
        StepStarted e => new("play_arrow", texts["第{0}步开始，{1}办理，{2}前完成", e.No, e.Person, Day(e.PlannedOn)]),
        StepFinished e => new("task_alt", texts["第{0}步完成", e.No], e.Evidence, Tone: Tone.Good),
        StepDue e => new("notifications", texts["按规则提前{0}天提醒：第{1}步{2}前完成", e.DaysBefore, e.No, Day(e.DueOn)], Tone: Tone.Waiting),
        SeasonNear e => new("notifications", texts["按规则提前{0}天提醒配合单位：{1}开始", e.DaysBefore, Day(e.BeginsOn)], string.Join("、", e.Units.Select(Name)), Tone: Tone.Waiting),
        ForeseenWhistled e => new("campaign", texts["据此拟哨{0}", e.Number], Tone: Tone.Alarm),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private Telling TellReview(ReviewEvent happened) => happened switch
    {
        ReviewOpened e => new("groups", texts["召开{0}，自{1}起", texts.Of(e.Rhythm), e.From.Full()]),
        ReviewAttended e => new("how_to_reg", texts["登记出席情况：主持{0}，出席{1}，请假{2}，列席{3}", e.Attendance.Chair, e.Attendance.Present.Count, e.Attendance.OnLeave.Count, e.Attendance.SittingIn.Count]),
        ReviewRemarked e => new("edit_note", texts["写下点评"], e.Text),
        ReviewDecided e => new("task_alt", texts["议定第{0}项，{1}办理，编号{2}", e.No, Name(e.Terms.Unit), e.OrderNumber], e.Terms.Text, Tone: Tone.Waiting),
        ReviewClosed => new("lock", texts["会议结束，数据定格"], Tone: Tone.Good),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Telling TellOrder(SupervisionEvent happened) => happened switch
    {
        SupervisionIssued e => new("notification_important", Issued(e), Join(e.Terms.Text, texts["依据：{0}", e.Terms.Basis]), Tone: Tone.Alarm),
        SupervisionAnswered e => new("reply", texts["回复办理情况"], e.Text, e.Attachments),
        SupervisionReturned e => new("undo", texts["退回，{0}前再回复", e.DueAt.Full()], e.Reason, Tone: Tone.Waiting),
        SupervisionSettled e => new("task_alt", texts["核查办结"], e.Opinion, Tone: Tone.Good),
        SupervisionWithdrawn e => new("cancel", texts["撤销"], e.Reason),
        SupervisionTurnedToReport => new("visibility_off", texts["所涉案件转为举报，被举报单位不再可见"]),
        SupervisionLapsed e => new("timer_off", texts["未在{0}前回复", e.DueAt.Full()], Tone: Tone.Alarm),
        _ => throw new InvalidOperationException($"Nobody tells {happened.GetType().Name}."),
    };

    private string Issued(SupervisionIssued e) => string.Join("，", new string?[]
    {
        texts["{0}（{1}）下达{2}", texts.Of(e.Terms.Kind), e.Number, Name(e.Terms.Unit)],
        e.CopyTo.Count > 0 ? texts["抄送{0}", string.Join("、", e.CopyTo.Select(Name))].Value : null,
        texts["{0}前回复", e.Terms.DueAt.Full()],
        e.Rule,
    }.OfType<string>());

    private string Late(LateMatter matter, int? resolution) => resolution is { } no ? texts["落实第{0}项", no] : texts.Of(matter);

    /// <summary>The times that prove a delay, in one line.</summary>
    public string Times(TimeEvidence evidence) => string.Join("，", new string?[]
    {
        texts["{0}召集", evidence.CalledAt.Full()],
        evidence.SeenAt is { } seen ? texts["{0}看到", seen.Full()].Value : texts["没有人看过"],
        texts["{0}到时", evidence.DueAt.Full()],
        evidence.UrgedAt is { } urged ? texts["{0}催", urged.Full()].Value : null,
        evidence.SupervisedAt is { } supervised ? texts["{0}请吹哨方督办", supervised.Full()].Value : null,
    }.OfType<string>());

    private string Dispatched(CaseDispatched e) => string.Join("，", new string?[]
    {
        texts["派单至{0}", Name(e.Lead)],
        e.CoUnits.Count > 0 ? texts["协办{0}", string.Join("、", e.CoUnits.Select(Name))].Value : null,
        e.CopyTo.Count > 0 ? texts["抄送{0}", string.Join("、", e.CopyTo.Select(Name))].Value : null,
        texts["{0}前办结", e.DueAt.Full()],
    }.OfType<string>());

    private string TakenOver(CaseTakenOver e) => e.Lead is { } lead
        ? texts["热线于{0}办结，主办{1}", e.EndedAt.Full(), Name(lead)]
        : texts["热线于{0}办结", e.EndedAt.Full()];

    private string? Feedback(CaseTakenOver e) => (e.Solved, e.Satisfaction) is (null, null) ? null : string.Join("，", new[]
    {
        e.Solved is { } solved ? (solved ? texts["已解决"] : texts["未解决"]).Value : null,
        e.Satisfaction is { } satisfaction ? texts.Of(satisfaction) : null,
    }.OfType<string>());

    private string Policy(PolicyValues values) => texts["{0}，把握门槛{1}；{2}小时内{3}件为群诉",
        values.IsAutomatic ? texts["自动派单"] : texts["人工派单"],
        values.Threshold.ToString("P0", CultureInfo.InvariantCulture), values.CrowdHours, values.CrowdSize];

    private string? Proposed(DispatchProposal? proposal) => proposal?.Top is not { } top ? null
        : texts["推荐{0}，把握{1}：{2}", Name(top.Unit), top.Confidence.ToString("P0", CultureInfo.InvariantCulture), string.Join("；", top.Reasons)].Value;

    private string CalledBack(PetitionerCalledBack e) => e is { IsReporter: true, Contacted: true }
        ? texts["问上报单位：{0}", e.Solved ? texts["已解决"] : texts["未解决"]]
        : e.Channel is { } channel ? texts["回访（{0}）：{1}，{2}，{3}", texts.Of(channel), e.Contacted ? texts["已联系"] : texts["没有联系"], e.Solved ? texts["已解决"] : texts["未解决"], texts.Of(e.Satisfaction)]
        : e.Contacted ? texts["回访：{0}，{1}", e.Solved ? texts["已解决"] : texts["未解决"], texts.Of(e.Satisfaction)]
        : texts["回访：未联系上"];

    // So that anybody can draw it again.
    private string Drawn(CallbackAsked e) => texts["{0}，签号{1}（共{2}），本单位本月已抽{3}件", e.Plan is null ? texts["门户默认方案"] : texts["本区第{0}版方案", e.PlanVersion], e.Lot, CallbackTerms.Lots, e.DrawnBefore];

    private string? Reasons(PetitionerCalledBack e) => (e.Unsolved, e.Unsatisfied) is (null, null) ? null : string.Join("；", new[]
    {
        e.Unsolved is { } unsolved ? texts["未解决：{0}", texts.Of(unsolved)].Value : null,
        e.Unsatisfied is { } unsatisfied ? texts["不满意：{0}", texts.Of(unsatisfied)].Value : null,
    }.OfType<string>());

    private string Measure(string measure, string person, DateTimeOffset dueAt) =>
        Join(measure, person.Length > 0 ? texts["责任人：{0}；时限：{1}", person, dueAt.Full()] : texts["时限：{0}", dueAt.Full()])!;

    private string Asked(LeaderQuestion question) => Join(
        question.Reason,
        question.Until is { } until ? texts["至{0}", until.Full()].Value : null,
        question.Resolution is { } no ? texts["议定第{0}项", no].Value : null,
        question.Explanation is { } explanation ? texts["已向诉求人说明：{0}", explanation].Value : null,
        question is { Unit: { } unit, NewUnit: { } newUnit } ? texts["{0}改为{1}", Name(unit), Name(newUnit)].Value : null)!;

    private string Decided(LeaderDecided e) => e.RoutedTo is { } unit
        ? texts["批示，直转{0}，{1}前办结", Name(unit), e.DueAt!.Value.Full()]
        : texts["领导{0}", texts.Of(e.Decision)];

    private string? Details(IReadOnlyDictionary<string, string>? details) =>
        details is null ? null : string.Join('\n', details.Select(detail => texts["{0}：{1}", texts[detail.Key], detail.Value].Value));

    private string? Position(Position? position) => position switch
    {
        null => null,
        { Accuracy: 0 } => texts["位置：北纬{0:0.0000}，东经{1:0.0000}", position.Latitude, position.Longitude].Value,
        _ => texts["位置：北纬{0:0.0000}，东经{1:0.0000}（±{2:0}米）", position.Latitude, position.Longitude, position.Accuracy].Value,
    };

    private string Names(IReadOnlyList<OrgPath> units) => string.Join("、", units.Select(Name));

    private string Name(OrgPath unit) => units.ShortName(unit);

    private static string? Join(params string?[] lines)
    {
        var written = lines.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return written.Count == 0 ? null : string.Join('\n', written);
    }
}
