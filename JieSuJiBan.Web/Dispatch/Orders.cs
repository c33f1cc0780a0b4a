using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Duties;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>Writes the dispatch order that goes with a unit: who helps and until when, as the duty list says of the matter, else as is usual.</summary>
public sealed class Orders(DutyBook duties, PlanBook plans, SafetyWords safety, TimeRules rules, TimeProvider time)
{
    public WorkCalendar Calendar => rules.Calendar;

    public DispatchOrder For(CaseFile file, OrgPath lead, DispatchProposal? proposal)
    {
        var now = time.GetUtcNow();
        if (duties.FindByCategory(file.District, file.Category) is not [var duty] || duty.LeadAt(file.Home) != lead)
        {
            var usual = plans.For(file.District, file.SafetyWord is { } word ? safety.LevelOf(word) : CaseLevel.Ordinary, file.Category);
            var dueAt = usual.Terms.Limit.After(now, rules.Calendar);
            return new DispatchOrder(lead, [], dueAt, usual.Terms.Basis, Proposal: proposal, Schedule: usual.Begin(now, dueAt, rules.Calendar));
        }

        // Whom a 举报 is about may not be known yet: nobody is called to it whom the dispatcher has not chosen.
        var helpers = duty.Terms.CoUnits.Select(part => part.Unit.At(file.Home))
            .Where(unit => unit != lead && unit.Kind is UnitKind.Street or UnitKind.Department or UnitKind.Enterprise && file.Nature != Nature.Report);
        var limit = duty.Terms.Limit.After(now, rules.Calendar);
        var schedule = plans.For(file.District, duty.Terms.Level, file.Category).Begin(now, limit, rules.Calendar);
        return new DispatchOrder(lead, [.. helpers.Distinct()], limit, $"职责清单：{duty.Terms.Matter}，{duty.Terms.Limit}", Proposal: proposal, Schedule: schedule);
    }
}
