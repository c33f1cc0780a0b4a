using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Enterprises;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Reviews;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

/// <summary>What has a log: how its row is read, how it is replayed, what people call it. A new kind of aggregate is a line here.</summary>
internal sealed record StreamKind(
    Type Events, Func<PortalDbContext, Guid, Task<Aggregate?>> LoadAsync, Func<IEnumerable<LogEntry>, Aggregate> Replay, Func<Aggregate, string> Name)
{
    private static readonly StreamKind[] s_all =
    [
        Of<CaseEvent, CaseFile>(db => CaseDesk.WithParts(db.Cases), CaseFile.Replay, file => file.Number),
        Of<WhistleEvent, Whistle>(db => WhistleDesk.WithParts(db.Whistles), Whistle.Replay, whistle => whistle.Number),
        Of<PolicyEvent, DispatchPolicy>(db => db.DispatchPolicies, DispatchPolicy.Replay, policy => $"派单策略 {policy.District}"),
        Of<CallbackPlanEvent, CallbackPlan>(db => db.CallbackPlans, CallbackPlan.Replay, plan => $"回访方案 {plan.District}"),
        Of<SupervisionEvent, SupervisionOrder>(db => SupervisionDesk.WithParts(db.SupervisionOrders), SupervisionOrder.Replay, order => order.Number),
        Of<TimePlanEvent, TimePlan>(db => db.TimePlans, TimePlan.Replay, plan => $"时限方案 {plan.Terms?.Name ?? plan.Whistles!.Kind.Word()}"),
        Of<MutualEvent, MutualScheme>(db => db.MutualSchemes, MutualScheme.Replay, scheme => $"双考评方案 {scheme.District}"),
        Of<FirmRegisterEvent, FirmRegister>(db => db.FirmRegisters, FirmRegister.Replay, register => $"企业名录 {register.District}"),
        Of<FirmListEvent, FirmList>(db => db.FirmLists, FirmList.Replay, list => $"红黑榜 {list.Month}"),
        Of<DutyEvent, Duty>(db => db.Duties, Duty.Replay, duty => duty.Matter),
        Of<ForeseenEvent, ForeseenProblem>(db => db.Foreseen.Include(problem => problem.Steps).Include(problem => problem.StandBys), ForeseenProblem.Replay, problem => problem.Title),
        Of<CalendarEvent, CalendarYear>(db => db.CalendarYears, CalendarYear.Replay, calendar => $"工作日历 {calendar.Year}"),
        Of<DelegationEvent, Delegation>(db => db.Delegations, Delegation.Replay, delegation => $"授权 {delegation.LeaderName}"),
        Of<ReviewEvent, Review>(db => ReviewDesk.WithParts(db.Reviews), Review.Replay, review => review.Number),
        Of<SchemeEvent, AssessmentScheme>(db => db.Schemes, AssessmentScheme.Replay, scheme => $"考评方案 {scheme.District}"),
        Of<RankingEvent, PublishedRanking>(db => db.Rankings, PublishedRanking.Replay, ranking => $"{ranking.List.Word()}排名 {ranking.Key}"),
        Of<AnalysisEvent, MonthlyAnalysis>(db => db.Analyses, MonthlyAnalysis.Replay, analysis => $"月度分析 {analysis.Month:yyyy-MM}"),
        Of<EnterpriseReportEvent, EnterpriseReport>(db => db.EnterpriseReports, EnterpriseReport.Replay, report => $"企业诉求报告 {report.Key}"),
        Of<RepeatEvent, RepeatReading>(db => db.RepeatReadings, RepeatReading.Replay, reading => $"重复诉求人台账 {reading.ReadBy}"),
        Of<CrowdEvent, Crowd>(db => db.Crowds, Crowd.Replay, crowd => $"群诉 {crowd.Place}"),
    ];

    public static StreamKind Of(LogEntry entry) =>
        Array.Find(s_all, kind => kind.Events.IsInstanceOfType(entry.Event)) ?? throw new InvalidOperationException($"No row is known for the log of {entry.Type}.");

    private static StreamKind Of<TEvents, TAggregate>(
        Func<PortalDbContext, IQueryable<TAggregate>> rows, Func<IEnumerable<LogEntry>, TAggregate> replay, Func<TAggregate, string> name)
        where TEvents : LogEvent
        where TAggregate : Aggregate => new(
            typeof(TEvents), async (db, id) => await rows(db).SingleOrDefaultAsync(row => row.Id == id), replay, row => name((TAggregate)row));
}
