using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

// What was found before anybody complained: put right on the spot, or handed on, and told back to whoever found it.
public sealed partial class CaseFile
{
    /// <summary>
    /// 自行解决: whoever found it has put it right. Nobody complained, so nobody is called back; the case is closed and kept like any
    /// other, where the street sees it.
    /// </summary>
    public Outcome SolveOnTheSpot(string result, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now)
    {
        if (!IsProactive)
        {
            return new Refusal("case.on-the-spot.complained", "有人反映的诉求不能自行办结，请派单办理。", "Somebody complained: this case is dispatched and called back.");
        }

        return CheckReporter(by)
            ?? Missing(result, "result", "请写明怎么解决的。", "Say how it was put right.")
            ?? Move(CaseStatus.Closed, new SolvedOnTheSpot(result.Trim(), attachments), by, now, from: CaseStatus.Registered);
    }

    /// <summary>A street that is not the right one leaves the dispatch to the command centre (条例 12).</summary>
    public Outcome HandToDistrict(string reason, Actor by, DateTimeOffset now)
    {
        if (Status != CaseStatus.Registered || NextUnit != by.Unit || by.Role is not (Role.StreetOfficer or Role.StreetLeader))
        {
            return new Refusal("case.hand-up.not-yours", "只有待本街乡镇派单的案件可以交区派单。", "Only a case that waits for your street's dispatch can be handed to the district.");
        }

        return Missing(reason, "reason", "请写明交区派单的原因。", "Say why the district should dispatch it.")
            ?? Add(new HandedToDistrict(reason.Trim()), by, now);
    }

    /// <summary>
    /// 回: whoever found it says whether it is put right now. Not the unit that did the work, should that be the same one.
    /// </summary>
    public Outcome Confirm(bool solved, string? remark, Actor by, DateTimeOffset now)
    {
        if (!IsProactive)
        {
            return new Refusal("case.confirm.complained", "有诉求人的案件由区指挥中心回访。", "Where somebody complained, the command centre calls back.");
        }

        if (CheckReporter(by) is { } refusal)
        {
            return refusal;
        }

        if (ReportedFrom == FirstReceiver)
        {
            return new Refusal("case.confirm.own-work", "本单位主办的案件不能由本单位确认。", "A unit does not confirm its own work.");
        }

        if (!AwaitsReporter)
        {
            return new Refusal("case.confirm.none", "现在没有要确认的答复。", "There is no answer to confirm now.");
        }

        return (solved ? null : Missing(remark, "remark", "请写明还有什么没解决。", "Say what is not put right yet."))
            ?? Add(new ReporterConfirmed(solved, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim()), by, now);
    }

    private Refusal? CheckReporter(Actor by) =>
        ReportedFrom == by.Unit && by.Role.HandlesCases() ? null : new Refusal("case.reporter.not-yours", "由上报单位办理。", "The unit that reported it does this.");
}
