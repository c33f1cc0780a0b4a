using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

// The unit's own work: accept, contact, progress, result, and the answer that its head lets out.
public sealed partial class CaseFile
{
    /// <summary>After so many tries a petitioner who cannot be reached no longer blocks the result.</summary>
    public const int ContactTries = 3;

    public Outcome Accept(Actor by, DateTimeOffset now) =>
        CheckLead(by) ?? Move(CaseStatus.Accepted, new CaseAccepted(), by, now, from: CaseStatus.Dispatched);

    public Outcome Contact(bool reached, string text, Actor by, DateTimeOffset now) =>
        CheckLead(by)
        ?? CheckHandled()
        ?? (IsProactive ? new Refusal("case.contact.nobody", "主动发现的案件没有诉求人，请直接填写进展。", "Nobody complained: write the progress instead.") : null)
        ?? Missing(text, "text", "请写明联系情况。", "Say how the contact went.")
        ?? Add(new PetitionerContacted(reached, text.Trim()), by, now);

    /// <summary>Asks a section or a community of one's own to help. It assists; the unit goes on owning the case.</summary>
    public Outcome Assign(OrgPath unit, string ask, Actor by, DateTimeOffset now)
    {
        if ((CheckLead(by) ?? CheckHandled()) is { } refusal)
        {
            return refusal;
        }

        if (!FirstReceiver!.Value.Contains(unit) || unit == FirstReceiver || IsReported(unit))
        {
            return new Refusal("case.assign.unit", "只能交本单位的科室或社区（村）协助。", "Only a section or community of your own can be asked to assist.", "unit");
        }

        return Missing(ask, "ask", "请写明需要协助的事项。", "Say what help is wanted.")
            ?? Add(new HelpAssigned(unit, ask.Trim()), by, now);
    }

    public Outcome Progress(string text, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now)
    {
        if (!by.Role.HandlesCases() || !_parties.Exists(party => party.Unit == by.Unit && party.IsCurrent && party.Part is not (Part.Copy or Part.Registrar)))
        {
            return new Refusal("case.progress.not-yours", "只有参与办理的单位可以填写进展。", "Only units that work on the case can report progress.");
        }

        return CheckHandled()
            ?? Missing(text, "text", "请填写进展。", "Write what was done.")
            ?? Add(new CaseProgressed(by.Unit, text.Trim(), attachments), by, now);
    }

    public Outcome Submit(string result, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now)
    {
        if (CheckLead(by) is { } refusal)
        {
            return refusal;
        }

        if (CheckedBy.Contains(by.UserId))
        {
            return new Refusal("case.submit.checked", "现场核查人不能提交办理结果，请由其他人员提交。", "Whoever checked on the spot does not report it done: somebody else submits the result.");
        }

        if (OpenWhistles > 0)
        {
            return new Refusal("case.submit.whistle", "还有未结的哨，结哨后才能提交办理结果。", "End the open whistle before you submit the result.");
        }

        if (Status.IsBeingHandled() && !IsProactive && ContactedAt is null && ContactAttempts < ContactTries)
        {
            return new Refusal(
                "case.submit.no-contact", $"请先联系诉求人；{ContactTries}次联系不上的，记录后可提交。", $"Contact the petitioner first, or record {ContactTries} tries.");
        }

        return Missing(result, "result", "请填写办理结果。", "Write the result.")
            ?? Move(CaseStatus.Submitted, new ResultSubmitted(result.Trim(), attachments), by, now);
    }

    public Outcome ReturnResult(string reason, Actor by, DateTimeOffset now) =>
        CheckHead(by)
        ?? Missing(reason, "reason", "请写明退回原因。", "Say what is missing.")
        ?? Move(CaseStatus.InProgress, new ResultReturned(reason.Trim()), by, now, from: CaseStatus.Submitted);

    /// <summary>The unit's head lets the answer go to the petitioner and the hotline.</summary>
    public Outcome Answer(string reply, Actor by, DateTimeOffset now) =>
        CheckHead(by)
        ?? (by.UserId == SubmittedBy
            ? new Refusal("case.answer.own-result", "办理人不能审核自己提交的结果。", "Whoever submitted the result cannot approve it.")
            : null)
        ?? (IsCheckedDone == false && Status == CaseStatus.Submitted
            ? new Refusal("case.answer.check-failed", "现场核查发现没有办好，请退回再办。", "The check on the spot found it not done: send it back.")
            : null)
        ?? Missing(reply, "reply", "请填写对诉求人的答复。", "Write the answer to the petitioner.")
        ?? Move(CaseStatus.Answered, new CaseAnswered(reply.Trim(), ToReporter: IsProactive, IsLastHour: now <= DueAt && DueAt - now <= LastHour), by, now);

    /// <summary>现场核查: somebody with a part in the case, or of the district, looks at the spot. Not whoever reports it done.</summary>
    public Outcome CheckOnTheSpot(bool isDone, string finding, IReadOnlyList<AttachmentRef>? attachments, Actor by, DateTimeOffset now)
    {
        if (!MayCheckOnTheSpot(by) && by.UserId != SubmittedBy)
        {
            return new Refusal("case.check.role", "由参与办理的单位、区指挥中心或督查核查。", "A unit that works on the case, the command centre or the supervisors check.");
        }

        if (Status == CaseStatus.Submitted && by.UserId == SubmittedBy)
        {
            return new Refusal("case.check.own-result", "提交结果的人不能做现场核查。", "Whoever submitted the result does not check it.");
        }

        return (Status == CaseStatus.Submitted ? null : CheckHandled())
            ?? Missing(finding, "finding", "请写明现场情况。", "Say what you found.")
            ?? Add(new SpotChecked(isDone, finding.Trim(), attachments), by, now);
    }

    public bool MayCheckOnTheSpot(Actor by) =>
        !IsReported(by.Unit) && !(Status == CaseStatus.Submitted && by.UserId == SubmittedBy)
        && ((by.Role is Role.Dispatcher or Role.Supervisor && by.Oversees(District))
            || (by.Role.HandlesCases() && _parties.Exists(party => party.Unit == by.Unit && party.IsCurrent && party.Part is not (Part.Copy or Part.Registrar))));

    /// <summary>A person with an interest in the case stays out of it.</summary>
    public Outcome Withdraw(string reason, Actor by, DateTimeOffset now) =>
        Missing(reason, "reason", "请说明回避事由。", "Say why you withdraw.")
        ?? Add(new OfficerWithdrew(reason.Trim()), by, now);

    private Refusal? CheckLead(Actor by) =>
        IsLead(by) ? null : new Refusal("case.not-yours", "只有首接主办单位可以这样做。", "Only the unit that owns the case can do this.");

    private Refusal? CheckHead(Actor by) =>
        FirstReceiver is { } lead && by.Leads(lead) ? null : new Refusal("case.not-head", "由承办单位负责人审核。", "The head of the unit decides this.");

    private Refusal? CheckHandled() =>
        Status.IsBeingHandled() ? null : new Refusal("case.not-handled", $"案件现在是“{Status.Word()}”，请先签收。", $"The case is {Status}; it is not being handled.");
}
