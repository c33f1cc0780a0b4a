using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Components.Pages.Cases;

/// <summary>What the page offers somebody to do with a case as it stands. A courtesy: the case itself decides.</summary>
internal static class CaseActs
{
    public sealed record Offer(string Key, string Name, string Icon, bool IsNext = false);

    public static IReadOnlyList<Offer> For(CaseFile file, Actor me, DateTimeOffset now) =>
        file.Withdrawn.Contains(me.UserId) ? [] : [.. Intake(file, me), .. Reporting(file, me), .. Review(file, me), .. Handling(file, me), .. Ending(file, me, now)];

    private static IEnumerable<Offer> Intake(CaseFile file, Actor me)
    {
        var isDispatcher = me.Role == Role.Dispatcher && me.Oversees(file.District);
        var isRegisteringStreet = me.Role is Role.StreetOfficer or Role.StreetLeader && file.NextStep == CaseStep.Dispatch && file.NextUnit == me.Unit;
        if (file.Status == CaseStatus.Registered && (isDispatcher || isRegisteringStreet))
        {
            yield return new("dispatch", isRegisteringStreet ? "自接自办" : "派单", "send", true);
            yield return new("answer-at-once", "即时答复", "quickreply");
            yield return new("inform", "不予派单", "info");
            yield return new("merge", "并案", "merge");
            if (isRegisteringStreet)
            {
                yield return new("hand-up", "交区派单", "move_up");
            }
        }
        else if (file.Status == CaseStatus.Dispatched && isDispatcher && !file.HasOpenObjection)
        {
            yield return new("dispatch", "改派", "send");
        }
    }

    private static IEnumerable<Offer> Reporting(CaseFile file, Actor me)
    {
        var isReporter = file.ReportedFrom == me.Unit && me.Role.HandlesCases();
        if (isReporter && file.Status == CaseStatus.Registered)
        {
            yield return new("solve", "自行解决", "task_alt");
        }

        if (isReporter && file.AwaitsReporter)
        {
            yield return new("confirm", "确认是否解决", "fact_check", true);
        }
    }

    private static IEnumerable<Offer> Review(CaseFile file, Actor me)
    {
        if (file.HasOpenObjection && file.MayReview(me))
        {
            yield return new("review", "审核异议", "gavel", true);
        }
    }

    private static IEnumerable<Offer> Handling(CaseFile file, Actor me)
    {
        var isLead = me.Role.HandlesCases() && file.FirstReceiver == me.Unit;
        var isHelping = file.HasPart(me.Unit, Part.CoUnit) || file.HasPart(me.Unit, Part.Assist) || file.HasPart(me.Unit, Part.Home) || file.HasPart(me.Unit, Part.Summoned);

        if (isLead && file.Status == CaseStatus.Dispatched)
        {
            yield return new("accept", "签收", "how_to_reg", true);
        }

        if (file.Status.IsBeingHandled() && (isLead || isHelping))
        {
            if (isLead && !file.IsProactive)
            {
                yield return new("contact", "联系诉求人", "call", file.Status == CaseStatus.Accepted);
            }

            yield return new("progress", "填写进展", "construction", file.Status is CaseStatus.Contacted || (file.IsProactive && file.Status == CaseStatus.Accepted));
            if (isLead)
            {
                yield return new("assign", "请科室或社区协助", "group_add");
            }
        }

        if (file.Status is CaseStatus.InProgress or CaseStatus.Submitted && file.MayCheckOnTheSpot(me))
        {
            yield return new("check", "现场核查", "fact_check");
        }

        if (isLead && file.Status.IsBeingHandled())
        {
            yield return new("ask", "延期、挂账、提级", "publish");
        }

        if (isLead && file.Status == CaseStatus.InProgress && !file.CheckedBy.Contains(me.UserId))
        {
            yield return new("submit", "提交办理结果", "rule", true);
        }

        if (file.FirstReceiver is { } lead && me.Leads(lead) && file.Status == CaseStatus.Submitted)
        {
            yield return new("answer", "审核并答复", "mark_email_read", true);
            yield return new("return", "退回", "undo");
        }

        if ((isLead || (me.Role == Role.Dispatcher && me.Oversees(file.District))) && file.SuspendedAt is not null)
        {
            yield return new("resume", "恢复办理", "play_circle");
        }

        if (isLead && !file.HasOpenObjection && file.Status is CaseStatus.Dispatched or CaseStatus.Accepted or CaseStatus.Contacted or CaseStatus.InProgress)
        {
            yield return new("object", "派单异议", "gavel");
        }

        var isRegistrar = file.HasPart(me.Unit, Part.Registrar) && me.Role.HandlesCases() && me.Role != Role.DistrictLeader;
        if (file.IsOpen && (isRegistrar || (me.Role == Role.Dispatcher && me.Oversees(file.District))))
        {
            yield return new("facts", "补充情况", "post_add");
        }

        if (file.IsOpen && file.MayNameSubject(me))
        {
            yield return new("subject", "被诉主体", "storefront");
        }

        if (isLead && file.Status.IsBeingHandled())
        {
            yield return new("withdraw", "申请回避", "person_off");
        }
    }

    private static IEnumerable<Offer> Ending(CaseFile file, Actor me, DateTimeOffset now)
    {
        if (me.Role == Role.Dispatcher && me.Oversees(file.District))
        {
            if (file.Status is CaseStatus.Answered or CaseStatus.CalledBack && file.CheckCaller(me) is null)
            {
                yield return new("callback", "回访", "support_agent", file.Status == CaseStatus.Answered && (file.DueAt <= now || file.ReporterSaysSolved is not null));
            }

            if (file.Status == CaseStatus.CalledBack)
            {
                yield return new("redo", "重办", "replay");
                yield return new("close", "结案", "task_alt", !file.IsRecalled);
            }
        }

        if (me.Role == Role.Archivist && file.Status == CaseStatus.Closed)
        {
            yield return new("archive", "归档", "archive", true);
        }

        if (me.Role == Role.Archivist && file.Status == CaseStatus.Archived)
        {
            yield return new("erase", "清除诉求人信息", "delete_forever");
        }
    }
}
