using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Tests.Support;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Reviews;
using Microsoft.EntityFrameworkCore;
using static JieSuJiBan.Tests.Support.Given;

namespace JieSuJiBan.Tests.Integration;

/// <summary>The numbers of a review, asked of the database, against what the logs of the whole invented district add up to.</summary>
public sealed class ReviewFigureTests(DemoTests.City portal) : IClassFixture<DemoTests.City>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryNumber_IsWhatTheLogsAddUpTo_AndItsListHasAsMany()
    {
        await portal.Get<PortalClock>().TickAsync(Stop);
        var now = portal.Clock.GetUtcNow();
        var logs = await ReadLogsAsync();
        var seen = new HashSet<FigureKind>();
        foreach (var (keeper, days) in new[] { (Dispatcher, 1), (Dispatcher, 7), (Dispatcher, 40), (Dispatcher, 400), (Street, 7), (Street, 400) })
        {
            var review = Review.Open(Guid.CreateVersion7(), "会117-20260302-999", Rhythm.Monthly, now.AddDays(-days), keeper, now).Review!;
            foreach (var figure in await portal.Get<ReviewFigures>().ReadAsync(review, now, keeper, Stop))
            {
                var expected = Slowly(logs, figure.Kind, keeper, review.From, now);
                Assert.True(expected == figure.Count, $"{figure.Kind} for {keeper.UserId} over {days} days: {figure.Count}, not {expected}");
                Assert.Equal(expected, (await portal.Get<ReviewFigures>().ListAsync(review, figure.Kind, keeper, 1, Stop)).Total);
                if (expected > 0)
                {
                    seen.Add(figure.Kind);
                }
            }
        }

        Assert.Superset(new HashSet<FigureKind>([FigureKind.Registered, FigureKind.Closed, FigureKind.Open, FigureKind.Overdue, FigureKind.WhistlesSounded, FigureKind.ForeseenComing, FigureKind.Objections]), seen);
    }

    private static int Slowly(Logs logs, FigureKind kind, Actor by, DateTimeOffset from, DateTimeOffset now)
    {
        bool In(DateTimeOffset? at) => at >= from && at < now;
        var isDistrict = by.Role == Role.Dispatcher;
        var cases = logs.Cases.Where(file => file.ReportedUnit is not { } reported || !reported.Contains(by.Unit))
            .Where(file => isDistrict || file.Parties.Any(party => party.Unit == by.Unit && party.IsCurrent)).ToList();
        var whistles = logs.Whistles.Where(whistle => isDistrict ? whistle.SoundedAt is not null : whistle.Whistler == by.Unit || whistle.Signer == by.Unit || whistle.Units.Any(unit => unit.Answering == by.Unit)).ToList();
        return kind switch
        {
            FigureKind.Registered => cases.Count(file => In(file.RegisteredAt)),
            FigureKind.Closed => cases.Count(file => In(file.ClosedAt)),
            FigureKind.LimitReached => cases.Count(file => In(file.DueAt) && file.SuspendedAt is null && !(file.AnsweredAt <= file.DueAt) && !(file.ClosedAt <= file.DueAt)),
            FigureKind.Open => cases.Count(file => !file.Status.IsFinished()),
            FigureKind.Overdue => cases.Count(file => file.IsOverdueAt(now)),
            FigureKind.Urged => cases.Count(file => file.IsOpen && file.Urged is not null),
            FigureKind.TwiceNo => cases.Count(file => file.IsOpen && file.IsTwiceNo),
            FigureKind.Repeated => cases.Count(file => file.IsOpen && (file.JoinedCount > 0 || file.RedoneCount > 0)),
            FigureKind.Objections => cases.Sum(file => file.Objections.Count(objection => In(objection.RaisedAt))),
            FigureKind.WhistlesSounded => whistles.Count(whistle => In(whistle.SoundedAt)),
            FigureKind.WhistlesLate => whistles.Sum(whistle => whistle.Units.Count(unit => In(unit.ResponseLapsedAt) || In(unit.ArrivalLapsedAt))),
            FigureKind.Crowds => logs.Crowds.Count(crowd => In(crowd.RaisedAt) && (isDistrict || crowd.Street == by.Unit)),
            FigureKind.OrdersIssued => logs.Orders.Count(order => order.Kind != SupervisionKind.Task && In(order.IssuedAt) && (isDistrict || order.Parties.Any(party => party.Unit == by.Unit))),
            FigureKind.OpenTasks => logs.Orders.Count(order => order is { Kind: SupervisionKind.Task, IsOpen: true } && logs.Reviews.Any(review => review.Id == order.SubjectId && review.Unit == Review.UnitOf(by))),
            FigureKind.ForeseenComing => logs.Foreseen.Count(problem => problem.State == ForeseenState.InForce
                && Enumerable.Range(0, Rhythm.Monthly.DaysAhead() + 1).Select(day => WorkCalendar.DateAt(now).AddDays(day)).Any(day => Season.DayOf(day) == problem.FromDay
                    || problem.Steps.Any(step => step.DueDay == Season.DayOf(day) && step.StateOn(WorkCalendar.DateAt(now)) != StepState.Finished))),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private async Task<Logs> ReadLogsAsync()
    {
        await using var db = await portal.OpenDatabaseAsync();
        var streams = (await db.Log.AsNoTracking().ToListAsync(Stop)).GroupBy(entry => entry.Stream).Select(stream => stream.OrderBy(entry => entry.Sequence).ToList()).ToList();
        return new Logs(
            Of(CaseFile.Replay, typeof(CaseEvent)), Of(Whistle.Replay, typeof(WhistleEvent)), Of(JieSuJiBan.Domain.Crowds.Crowd.Replay, typeof(JieSuJiBan.Domain.Crowds.CrowdEvent)),
            Of(SupervisionOrder.Replay, typeof(SupervisionEvent)), Of(Review.Replay, typeof(ReviewEvent)), Of(ForeseenProblem.Replay, typeof(ForeseenEvent)));

        List<T> Of<T>(Func<IEnumerable<LogEntry>, T> replay, Type family) => [.. streams.Where(stream => stream[0].Event.GetType().IsSubclassOf(family)).Select(replay)];
    }

    private sealed record Logs(
        List<CaseFile> Cases, List<Whistle> Whistles, List<JieSuJiBan.Domain.Crowds.Crowd> Crowds, List<SupervisionOrder> Orders, List<Review> Reviews, List<ForeseenProblem> Foreseen);
}
