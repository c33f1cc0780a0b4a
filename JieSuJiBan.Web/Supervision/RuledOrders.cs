using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Localization;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Supervision;

/// <summary>
/// The orders that rules give. Each is opened in the transaction that writes down what fired the rule, so it is there exactly if that
/// is, whichever node was faster; its key keeps the same rule from giving it twice. Of several steps that fall due at once, after a
/// time away, the highest gives the order, and an order of a higher step takes the place of the lower one.
/// </summary>
public sealed class RuledOrders(Numbers numbers, PlanBook plans, SupervisionRules limits, TimeRules rules)
{
    /// <summary>What follows for orders from what has just happened to a case.</summary>
    public async Task FollowAsync(PortalDbContext db, CaseFile file, IReadOnlyList<LogEntry> entries)
    {
        if (file.DispatchCount > 0 && entries.Any(entry => entry.Event is ObjectionReviewed { Upheld: true } or CaseDispatched or CaseClosed or CaseTakenOver))
        {
            await EndAsync(db, file, entries[^1].At);
        }

        if (entries.LastOrDefault(entry => entry.Event is SourceUpdated { IsReport: true }) is { } turned)
        {
            await TurnToReportAsync(db, file, turned.At);
        }

        if (entries.Where(entry => entry.Event is CaseUrged { Kind: not UrgeKind.Remind }).MaxBy(entry => ((CaseUrged)entry.Event).Kind) is { Event: CaseUrged urged } step
            && file.IsUnitAtWork && urged.Unit == file.FirstReceiver)
        {
            await UrgeAsync(db, file, urged, step.At);
        }
    }

    /// <summary>The same for a whistle: a unit that was reported to the district has to answer to it.</summary>
    public async Task FollowAsync(PortalDbContext db, Whistle whistle, IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Event is LateReported late)
            {
                await ReportAsync(db, whistle, late, entry.At);
            }
            else if (entry.Event is UnitReleased or WhistleRecalled or WhistleConfirmed)
            {
                await EndAsync(db, whistle, entry.At);
            }
        }
    }

    /// <summary>
    /// Opens an order by a rule in the transaction of <paramref name="db"/>. Nothing happens if the rule has given it already; open
    /// orders of a lower kind that rules gave about the same thing to the same unit are withdrawn.
    /// </summary>
    public async Task OpenAsync(PortalDbContext db, OrderTerms terms, string rule, string key, DateTimeOffset now)
    {
        if (terms.Subject!.ReportedUnit is { } reported && reported.Contains(terms.Unit))
        {
            return;  // it could not even see it
        }

        var subject = terms.Subject.Id;
        var known = await SupervisionDesk.WithParts(db.SupervisionOrders)
            .Where(order => order.SubjectId == subject && order.RuleKey != null && (order.IsOpen || order.RuleKey == key))
            .ToListAsync();
        if (known.Exists(order => order.RuleKey == key))
        {
            return;
        }

        var number = await numbers.NextOrderAsync(terms.Kind, terms.Unit.District);
        foreach (var lower in known.Where(order => order.Unit == terms.Unit && order.Kind < terms.Kind))
        {
            lower.Withdraw($"升为{terms.Kind.Word()}，见{number}。", Actor.Clock, now);
        }

        db.Add(SupervisionOrder.IssueByRule(Guid.CreateVersion7(now), number, terms, rule, key, now));
    }

    /// <summary>The time that a unit has for an answer to an order of this kind.</summary>
    public DateTimeOffset DueBy(SupervisionKind kind, DateTimeOffset now) => limits.DueBy(kind, now, rules.Calendar);

    private Task UrgeAsync(PortalDbContext db, CaseFile file, CaseUrged urged, DateTimeOffset now)
    {
        var kind = urged.Kind == UrgeKind.Investigate ? SupervisionKind.Investigate : SupervisionKind.Supervise;
        var schedule = file.Schedule!;
        var basis = plans.TermsOf(schedule)?.Ladder.FirstOrDefault(step => step.Kind == urged.Kind)?.Basis ?? schedule.Name;
        var terms = new OrderTerms(
            kind, urged.Unit, file.Title,
            $"{file.DispatchedAt!.Value.Full()}派你单位办理，应于{file.DueAt!.Value.Full()}前办结，至今没有提交办理结果。请说明原因、已做的工作、下一步措施和完成时间。",
            DueBy(kind, now), basis, SupervisionDesk.Of(file));
        return OpenAsync(db, terms, $"时限方案“{schedule.Name}”：{urged.DueAt.Full()}{urged.Kind.Word()}", $"ladder/{urged.Kind}/{urged.DueAt.UtcTicks}", now);
    }

    private Task ReportAsync(PortalDbContext db, Whistle whistle, LateReported late, DateTimeOffset now)
    {
        var (evidence, what) = (late.Evidence, late.Resolution is { } no ? $"落实议定第{no}项" : late.Matter.Word());
        var terms = new OrderTerms(
            SupervisionKind.Supervise, late.Unit, whistle.Title,
            $"{evidence.CalledAt.Full()}吹哨召集你单位，应于{evidence.DueAt.Full()}前{what}，至今未{what}。请立即办理，并说明原因和下一步措施。",
            DueBy(SupervisionKind.Supervise, now), late.Basis, SupervisionDesk.Of(whistle));
        return OpenAsync(db, terms, $"哨的时限：{evidence.DueAt.Full()}到时未{what}，已报区", $"late/{late.Unit}/{late.Resolution}/{evidence.DueAt.UtcTicks}", now);
    }

    private static async Task EndAsync(PortalDbContext db, Whistle whistle, DateTimeOffset now)
    {
        foreach (var order in await OpenByRuleAsync(db, whistle.Id))
        {
            if (!whistle.Stage.IsLive())
            {
                order.Settle($"哨{whistle.Stage.Word()}。", Actor.Clock, now);
            }
            else if (whistle.UnitOf(order.Unit) is null)
            {
                order.Withdraw("已退出哨室。", Actor.Clock, now);
            }
        }
    }

    // The case has gone to another unit, or is finished: what a rule asked of the old one asks nothing any more.
    private static async Task EndAsync(PortalDbContext db, CaseFile file, DateTimeOffset now)
    {
        foreach (var order in (await OpenByRuleAsync(db, file.Id)).Where(order => !file.IsOpen || order.Unit != file.FirstReceiver))
        {
            if (file.IsOpen)
            {
                order.Withdraw("案件已改派。", Actor.Clock, now);
            }
            else
            {
                order.Settle($"案件{file.Status.Word()}。", Actor.Clock, now);
            }
        }
    }

    // What this very transaction has opened is not in the database yet.
    private static async Task<List<SupervisionOrder>> OpenByRuleAsync(PortalDbContext db, Guid subject)
    {
        var stored = await SupervisionDesk.WithParts(db.SupervisionOrders).Where(order => order.SubjectId == subject && order.RuleKey != null && order.IsOpen).ToListAsync();
        return [.. stored.Union(db.SupervisionOrders.Local.Where(order => order.SubjectId == subject && order.RuleKey != null)).Where(order => order.IsOpen)];
    }

    // Whomever the 举报 is about sees the orders no more, and has to answer none; nor has a unit that lost the case with it.
    private static async Task TurnToReportAsync(PortalDbContext db, CaseFile file, DateTimeOffset now)
    {
        foreach (var order in await SupervisionDesk.WithParts(db.SupervisionOrders).Where(order => order.CaseId == file.Id).ToListAsync())
        {
            order.TurnToReport(file.ReportedUnit, now);
            if (order.IsOpen && (file.ReportedUnit?.Contains(order.Unit) == true || !file.IsParty(order.Unit)))
            {
                order.Withdraw("所涉案件转为举报。", Actor.Clock, now);
            }
        }
    }
}
