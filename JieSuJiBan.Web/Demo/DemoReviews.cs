using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Reviews;

namespace JieSuJiBan.Web.Demo;

/// <summary>Last week's and yesterday's reviews of the demo city, with what they decided.</summary>
internal sealed class DemoReviews(PortalDbContext db, ReviewFigures figures, DemoCast cast, Func<string, DateTimeOffset, int, string> number)
{
    private static readonly Attendance s_attendance = new(
        "周启明", ["区指挥中心", "区督查室", "区城管委", "区住建委", "马坊镇", "兴谷街道", "滨河街道"], ["区水务局（参加防汛演练）"], ["12345热线驻区联络员"], "区指挥中心会商室");

    public async Task HoldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await HoldAsync(Rhythm.Weekly, now.AddDays(-3), now.AddDays(5), "供热、停车两类诉求占三成。到期未答复的逐件说明原因，吹哨后不到场的单位当面讲清。",
            [("区城管委", "徐明远", "列出停暖诉求前十小区，逐一说明维修完成时间")], cancellationToken);
        await HoldAsync(Rhythm.Daily, now.AddDays(-1), now.AddDays(2), "当日超期件逐件过堂，双否件由街乡镇主要领导包案。",
            [("区住建委", "叶知秋", "督促物业落实节日值班，急修电话贴到楼门"), ("马坊镇", "李晓禾", "回访汇景社区充电桩使用情况，把住户意见带到周研判")], cancellationToken);
    }

    private async Task HoldAsync(Rhythm rhythm, DateTimeOffset at, DateTimeOffset dueAt, string remarks, (string Unit, string Person, string Text)[] decisions, CancellationToken cancellationToken)
    {
        var by = cast.Dispatcher(at);
        var review = Review.Open(Guid.CreateVersion7(at), number("会", at, 3), rhythm, null, by, at).Review!;
        Do(review.Attend(s_attendance, by, at));
        Do(review.Remark(remarks, by, at));
        foreach (var (unit, person, text) in decisions)
        {
            var (terms, order) = (new DecisionTerms(cast.Unit(unit), text, person, dueAt), Guid.CreateVersion7(at));
            Do(review.Decide(terms, order, number("任", at, 3), by, at));
            var (task, outcome) = SupervisionOrder.Issue(order, review.Decisions[^1].OrderNumber, ReviewDesk.TaskOf(review, terms), by, at);
            Do(outcome);
            Put(task!);
        }

        Do(review.Close(at, await figures.ReadAsync(review, at, by, cancellationToken), by, at));
        Put(review);
    }

    private void Put(Domain.Log.Aggregate aggregate)
    {
        db.Add(aggregate);
        db.Log.AddRange(aggregate.Unsaved);
        aggregate.MarkSaved();
    }

    private static void Do(Outcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The demo's review is refused: {refusal.Code}.");
        }
    }
}
