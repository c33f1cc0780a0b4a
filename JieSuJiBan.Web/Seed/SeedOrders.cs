using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Supervision;

namespace JieSuJiBan.Web.Seed;

/// <summary>The orders that rules give about one case, as <see cref="RuledOrders"/> gives them, and what becomes of each.</summary>
internal sealed class SeedOrders(SeedRules rules, Random chance)
{
    private readonly Dictionary<SupervisionOrder, DateTimeOffset> _moves = [];

    public List<SupervisionOrder> All { get; } = [];

    public void Urge(CaseFile file, CaseUrged urged, string number, DateTimeOffset at)
    {
        var kind = urged.Kind == UrgeKind.Investigate ? SupervisionKind.Investigate : SupervisionKind.Supervise;
        var day = at.ToOffset(WorkCalendar.Beijing).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var own = $"{(kind == SupervisionKind.Investigate ? "查" : "督")}105-{day}-{number[8..].Replace("-", "", StringComparison.Ordinal)}";
        foreach (var lower in All.Where(order => order.IsOpen && order.Kind < kind))
        {
            lower.Withdraw($"升为{(kind == SupervisionKind.Investigate ? "查办" : "督办")}，见{own}。", Actor.Clock, at);
        }

        var schedule = file.Schedule!;
        var terms = new OrderTerms(
            kind, urged.Unit, file.Title,
            $"{file.DispatchedAt!.Value.Full()}派你单位办理，应于{file.DueAt!.Value.Full()}前办结，至今没有提交办理结果。请说明原因、已做的工作、下一步措施和完成时间。",
            rules.Supervision.DueBy(kind, at, rules.Times.Calendar), schedule.Name, SupervisionDesk.Of(file));
        var order = SupervisionOrder.IssueByRule(
            chance.Id(at), own, terms, $"时限方案“{schedule.Name}”：{urged.DueAt.Full()}{(urged.Kind == UrgeKind.Investigate ? "查办" : "督办")}", $"ladder/{urged.Kind}/{urged.DueAt.UtcTicks}", at);
        All.Add(order);
        Plan(order, at + chance.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(60)));
    }

    /// <summary>The case has gone to another unit, or is finished.</summary>
    public void End(CaseFile file, DateTimeOffset at)
    {
        foreach (var order in All.Where(order => order.IsOpen && (!file.IsOpen || order.Unit != file.FirstReceiver)))
        {
            if (file.IsOpen)
            {
                order.Withdraw("案件已改派。", Actor.Clock, at);
            }
            else
            {
                order.Settle("案件已结案。", Actor.Clock, at);
            }
        }
    }

    /// <summary>Which of them something happens to next, and when.</summary>
    public (SupervisionOrder Order, DateTimeOffset At)? Next()
    {
        (SupervisionOrder Order, DateTimeOffset At)? next = null;
        foreach (var order in All.Where(order => order.IsOpen))
        {
            if (order.ClockAt is { } lapses && !(next?.At <= lapses))
            {
                next = (order, lapses);
            }

            if (_moves.TryGetValue(order, out var moves) && !(next?.At <= moves))
            {
                next = (order, moves);
            }
        }

        return next;
    }

    /// <summary>The clock, the unit's answer, or the supervisor who looks at it.</summary>
    public void Move(SupervisionOrder order, SeedCast cast, DateTimeOffset at)
    {
        if (order.ClockAt <= at)
        {
            order.Ring(at);
        }
        else if (order.State == SupervisionState.Issued)
        {
            order.Answer(chance.Of(SeedWords.Answers), null, cast.Officer(order.Unit, at), at);
            Plan(order, at + chance.Between(TimeSpan.FromHours(2), TimeSpan.FromHours(70)));
        }
        else
        {
            _moves.Remove(order);
            order.Settle("核查属实，销号。", cast.Supervisor(at), at);
        }
    }

    private void Plan(SupervisionOrder order, DateTimeOffset at) => _moves[order] = at;
}
