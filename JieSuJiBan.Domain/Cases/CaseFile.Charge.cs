using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

/// <summary>Who answers for a hard case with his name, and for which unit he did when he was named.</summary>
public sealed record InCharge(string UserId, string Name, OrgPath Unit, string UnitName)
{
    public static InCharge Of(Actor person) => new(person.UserId, person.Name, person.Unit, person.UnitName);
}

// 领导包案、专人包案: a hard case has a leader who answers for it, and one officer who carries it.
public sealed partial class CaseFile
{
    public InCharge? Leader { get; private set; }

    public InCharge? Worker { get; private set; }

    /// <summary>The same two, for whoever asks which cases are his.</summary>
    public string? LeaderId { get; private set; }

    public string? WorkerId { get; private set; }

    /// <summary>The district names anybody fit for it; the head of the owning unit names himself and his people.</summary>
    public Outcome AssignCharge(Actor? leader, Actor? worker, string reason, Actor by, DateTimeOffset now) =>
        CheckCharge(by)
        ?? (leader is null ? new Refusal("case.charge.leader-missing", "请选择包案领导。", "Choose the leader in charge.", "leader") : null)
        ?? (IsFitToLead(leader!) && (by.Oversees(District) || leader!.Unit == by.Unit)
            ? null
            : new Refusal("case.charge.leader", "包案领导是区领导，或者参与办理单位的主要领导。", "The leader in charge leads the district or a unit with a part in the case.", "leader"))
        ?? (worker is null || IsFitToWork(worker)
            ? null
            : new Refusal("case.charge.worker", "专办人是承办单位或其参与办理的科室、社区（村）的人员。", "The officer in charge belongs to the owning unit, or to a section or community of it with a part in the case.", "worker"))
        ?? Missing(reason, "reason", "请写明包案的原因或要求。", "Say why, or what is wanted.")
        ?? (leader!.UserId == LeaderId && worker?.UserId == WorkerId ? new Refusal("case.charge.same", "包案人没有变化。", "They are in charge already.") : null)
        ?? Add(new CaseChargeAssigned(InCharge.Of(leader!), worker is null ? null : InCharge.Of(worker), reason.Trim()), by, now);

    /// <summary>Whether somebody may name who is in charge.</summary>
    public Refusal? CheckCharge(Actor by) =>
        IsReported(by.Unit) || !(by.Oversees(District) || (FirstReceiver is { } lead && by.Leads(lead)))
            ? new("case.charge.role", "由区指挥中心、督查、区领导或承办单位主要领导确定包案人。", "The district or the head of the owning unit names who is in charge.")
        : FirstReceiver is null || Status is CaseStatus.Merged or CaseStatus.Archived
            ? new("case.charge.status", $"案件现在是“{Status.Word()}”，不能确定包案人。", $"The case is {Status}: nobody can be put in charge.")
        : null;

    public bool IsFitToLead(Actor person) =>
        !person.IsDeputy && !Withdrawn.Contains(person.UserId) && !IsReported(person.Unit)
        && (person.Unit == District ? person.Leads(District) : person.Leads(person.Unit) && IsParty(person.Unit));

    public bool IsFitToWork(Actor person) =>
        !person.IsDeputy && !Withdrawn.Contains(person.UserId) && !IsReported(person.Unit)
        && person.Role.HandlesCases() && FirstReceiver?.Contains(person.Unit) == true && IsParty(person.Unit);

    // Whose unit has no part any more, after another dispatch, or who has withdrawn, is in charge no longer.
    private void KeepCharge()
    {
        Leader = Leader is { } leader && (Withdrawn.Contains(leader.UserId) || IsReported(leader.Unit) || (leader.Unit != District && !IsParty(leader.Unit))) ? null : Leader;
        Worker = Worker is { } worker && (Withdrawn.Contains(worker.UserId) || IsReported(worker.Unit) || !IsParty(worker.Unit) || FirstReceiver?.Contains(worker.Unit) == false) ? null : Worker;
        (LeaderId, WorkerId) = (Leader?.UserId, Worker?.UserId);
    }
}
