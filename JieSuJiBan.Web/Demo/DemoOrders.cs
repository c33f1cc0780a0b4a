using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Supervision;

namespace JieSuJiBan.Web.Demo;

/// <summary>Orders that people gave in the demo city, beside those that its clock gives, and a hard case with somebody in charge.</summary>
internal sealed class DemoOrders(PortalDbContext db, DemoCast cast, Func<string, DateTimeOffset, int, string> number)
{
    public void Give(DateTimeOffset now)
    {
        var open = db.Cases.Local.Where(file => file.Status == CaseStatus.InProgress && file.FirstReceiver is { Kind: UnitKind.Street }).OrderBy(file => file.Number, StringComparer.Ordinal).ToList();
        var supervised = Issue(
            open[0], SupervisionKind.Supervise, "督", "群众再次来电反映没有进展。请现场核实，说明已做的工作、下一步措施和完成时间。", "《北京市接诉即办工作条例》第十四条（首接负责）",
            cast.Actor(cast.Unit("区督查室"), Role.Supervisor, now.AddDays(-2)), now.AddDays(-2), now.AddDays(1));
        Do(supervised.Answer("已到现场核实，责任单位本周进场，预计下周三完成；已把时间告知来电群众。", null, cast.Officer(supervised.Unit, now.AddHours(-5)), now.AddHours(-5)));
        Put(supervised);

        var reminded = Issue(
            open[^1], SupervisionKind.Remind, "催", "请今日联系来电人，说明办理进度。", "条例第十五条：及时联系诉求人", cast.Dispatcher(now.AddDays(-6)), now.AddDays(-6), now.AddDays(-5));
        Do(reminded.Answer("已联系，来电人表示知悉。", null, cast.Officer(reminded.Unit, now.AddDays(-5.5)), now.AddDays(-5.5)));
        Do(reminded.Settle("电话核实属实。", cast.SecondDispatcher(now.AddDays(-5.4)), now.AddDays(-5.4)));
        Put(reminded);

        var hard = db.Cases.Local.Where(file => file is { IsOpen: true, FirstReceiver: not null }).OrderByDescending(file => file.IsTwiceNo).ThenByDescending(file => file.JoinedCount).First();
        Do(hard.AssignCharge(
            cast.DistrictLeader(now.AddHours(-1)), cast.Officer(hard.FirstReceiver!.Value, now.AddHours(-1)), "群众反映强烈，包案到底。", cast.Actor(cast.Unit("区督查室"), Role.Supervisor, now.AddHours(-1)), now.AddHours(-1)));
        db.Log.AddRange(hard.Unsaved);
        hard.MarkSaved();
    }

    private SupervisionOrder Issue(CaseFile file, SupervisionKind kind, string prefix, string text, string basis, Actor by, DateTimeOffset at, DateTimeOffset dueAt)
    {
        var terms = new OrderTerms(kind, file.FirstReceiver!.Value, file.Title, text, dueAt, basis, SupervisionDesk.Of(file));
        var (order, outcome) = SupervisionOrder.Issue(Guid.CreateVersion7(at), number(prefix, at, 3), terms, by, at);
        Do(outcome);
        return order!;
    }

    private void Put(SupervisionOrder order)
    {
        db.Add(order);
        db.Log.AddRange(order.Unsaved);
        order.MarkSaved();
    }

    private static void Do(Outcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The demo's order is refused: {refusal.Code}.");
        }
    }
}
