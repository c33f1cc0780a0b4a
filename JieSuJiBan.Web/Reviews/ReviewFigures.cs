using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Foreseen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Foreseen;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Reviews;

/// <summary>One of the things that a number counts.</summary>
public sealed record FigureLine
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public OrgPath? Unit { get; init; }
    public DateTimeOffset? At { get; init; }
}

/// <summary>
/// The numbers of a review and the lists behind them: one question for each kind, asked once for how many and once for which. Each is
/// asked with the reader's sight and answered by an index.
/// </summary>
public sealed class ReviewFigures(IDbContextFactory<PortalDbContext> databases, ForeseenList foreseen, TimeProvider time)
{
    /// <summary>All numbers, of what happened up to <paramref name="to"/> and what stands now.</summary>
    public async Task<IReadOnlyList<Figure>> ReadAsync(Review review, DateTimeOffset to, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var figures = new List<Figure>();
        foreach (var kind in Enum.GetValues<FigureKind>())
        {
            figures.Add(kind == FigureKind.ForeseenComing ? Coming(await ForeseenAsync(review, to, by, cancellationToken)) : new Figure(kind, await Question(db, review, kind, to, by).CountAsync(cancellationToken)));
        }

        return figures;
    }

    public async Task<ListPage<FigureLine>> ListAsync(Review review, FigureKind kind, Actor by, int page, CancellationToken cancellationToken = default)
    {
        var to = review.To ?? time.GetUtcNow();
        var (skip, most) = ((Math.Clamp(page, 1, 50) - 1) * ListPage<FigureLine>.Size, ListPage<FigureLine>.MaxTotal);
        if (kind == FigureKind.ForeseenComing)
        {
            var problems = await ForeseenAsync(review, to, by, cancellationToken);
            return new([.. problems.Skip(skip).Take(ListPage<FigureLine>.Size).Select(problem => new FigureLine { Id = problem.Id, Number = problem.Season.ToString(), Title = problem.Title, Unit = problem.Lead })], problems.Count, false);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var question = Question(db, review, kind, to, by);
        var total = await question.Take(most + 1).CountAsync(cancellationToken);
        var ordered = kind.IsOfPeriod() ? question.OrderByDescending(line => line.At) : question.OrderBy(line => line.At);  // the newest, or the most pressing
        var lines = await ordered.ThenBy(line => line.Number).Skip(skip).Take(ListPage<FigureLine>.Size).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, most), total > most);
    }

    /// <summary>Under which address the things of a kind are looked at.</summary>
    public static string FolderOf(FigureKind kind) => kind switch
    {
        FigureKind.WhistlesSounded or FigureKind.WhistlesLate => "whistles",
        FigureKind.Crowds => "crowds",
        FigureKind.OrdersIssued or FigureKind.OpenTasks => "supervision",
        FigureKind.ForeseenComing => "foreseen",
        _ => "cases",
    };

    // Where two tables are asked, the one with the span comes first: SQLite would else begin with every case of the district.
    private IQueryable<FigureLine> Question(PortalDbContext db, Review review, FigureKind kind, DateTimeOffset to, Actor by)
    {
        var (from, now, district) = (review.From, time.GetUtcNow(), review.Unit.District);
        var cases = db.CasesFor(by).Where(file => file.District == district);
        var open = db.CasesFor(by, onlyOpen: true).Where(file => file.District == district);
        return kind switch
        {
            FigureKind.Registered => Lines(cases.Where(file => file.RegisteredAt >= from && file.RegisteredAt < to)),
            FigureKind.Closed => Closed(cases.Where(file => file.ClosedAt >= from && file.ClosedAt < to)),
            FigureKind.LimitReached => Due(cases.Where(file => file.DueAt >= from && file.DueAt < to && file.SuspendedAt == null
                && (file.AnsweredAt == null || file.AnsweredAt > file.DueAt) && (file.ClosedAt == null || file.ClosedAt > file.DueAt))),
            FigureKind.Open => Due(open),
            FigureKind.Overdue => Due(open.Where(file => file.DueAt < now && file.SuspendedAt == null && file.Status != CaseStatus.Answered && file.Status != CaseStatus.CalledBack)),
            FigureKind.Urged => Due(open.Where(file => file.Urged != null)),
            FigureKind.TwiceNo => Due(open.Where(file => file.Solved == false && file.Satisfaction == Satisfaction.Unsatisfied)),
            FigureKind.Repeated => Due(open.Where(file => file.JoinedCount > 0 || file.RedoneCount > 0)),
            FigureKind.Objections => db.Set<DispatchObjection>().Where(objection => objection.RaisedAt >= from && objection.RaisedAt < to
                    && db.Cases.Where(Sight.Cases(by)).Any(file => file.Id == objection.CaseId && file.District == district))
                .Select(objection => new FigureLine
                {
                    Id = objection.CaseId,
                    Number = db.Cases.First(file => file.Id == objection.CaseId).Number,
                    Title = db.Cases.First(file => file.Id == objection.CaseId).Title,
                    Unit = objection.Unit,
                    At = objection.RaisedAt,
                }),
            FigureKind.WhistlesSounded => db.Whistles.Where(Sight.Whistles(by)).Where(whistle => whistle.District == district && whistle.SoundedAt >= from && whistle.SoundedAt < to)
                .Select(whistle => new FigureLine { Id = whistle.Id, Number = whistle.Number, Title = whistle.Title, Unit = whistle.Whistler, At = whistle.SoundedAt }),
            FigureKind.WhistlesLate => db.Set<WhistleUnit>().Where(unit => ((unit.ResponseLapsedAt >= from && unit.ResponseLapsedAt < to) || (unit.ArrivalLapsedAt >= from && unit.ArrivalLapsedAt < to))
                    && db.Whistles.Where(Sight.Whistles(by)).Any(whistle => whistle.Id == unit.WhistleId && whistle.District == district))
                .Select(unit => new FigureLine
                {
                    Id = unit.WhistleId,
                    Number = db.Whistles.First(whistle => whistle.Id == unit.WhistleId).Number,
                    Title = db.Whistles.First(whistle => whistle.Id == unit.WhistleId).Title,
                    Unit = unit.Unit,
                    At = unit.ArrivalLapsedAt ?? unit.ResponseLapsedAt,
                }),
            FigureKind.Crowds => db.Crowds.Where(Sight.Crowds(by)).Where(crowd => crowd.District == district && crowd.RaisedAt >= from && crowd.RaisedAt < to)
                .Select(crowd => new FigureLine { Id = crowd.Id, Number = crowd.Class, Title = crowd.Place, Unit = crowd.Street, At = crowd.RaisedAt }),
            FigureKind.OrdersIssued => db.SupervisionOrders.Where(Sight.Orders(by)).Where(order => order.District == district && order.Kind != SupervisionKind.Task && order.IssuedAt >= from && order.IssuedAt < to)
                .Select(order => new FigureLine { Id = order.Id, Number = order.Number, Title = order.Title, Unit = order.Unit, At = order.IssuedAt }),
            FigureKind.OpenTasks => ReviewList.OpenTasks(db, review, by)
                .Select(order => new FigureLine { Id = order.Id, Number = order.Number, Title = order.Title, Unit = order.Unit, At = order.DueAt }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody asks for it here."),
        };
    }

    private static IQueryable<FigureLine> Lines(IQueryable<CaseFile> cases) =>
        cases.Select(file => new FigureLine { Id = file.Id, Number = file.Number, Title = file.Title, Unit = file.FirstReceiver ?? file.Home, At = file.RegisteredAt });

    private static IQueryable<FigureLine> Due(IQueryable<CaseFile> cases) =>
        cases.Select(file => new FigureLine { Id = file.Id, Number = file.Number, Title = file.Title, Unit = file.FirstReceiver ?? file.Home, At = file.DueAt });

    private static IQueryable<FigureLine> Closed(IQueryable<CaseFile> cases) =>
        cases.Select(file => new FigureLine { Id = file.Id, Number = file.Number, Title = file.Title, Unit = file.FirstReceiver ?? file.Home, At = file.ClosedAt });

    // What begins in the days to come, or has a step to be done by then. Titles are the office's own words.
    private async Task<List<ForeseenProblem>> ForeseenAsync(Review review, DateTimeOffset to, Actor by, CancellationToken cancellationToken)
    {
        var today = WorkCalendar.DateAt(to);
        var last = today.AddDays(review.Rhythm.DaysAhead());
        return [.. (await foreseen.BetweenAsync(by, today, last, cancellationToken: cancellationToken))
            .Where(problem => Comes(problem.Season.BeginFrom(today)) || problem.Steps.Any(step => step.StateOn(today) != StepState.Finished && Comes(problem.Season.DayAt(step.Offset, today)))).OrderBy(problem => problem.Season.BeginFrom(today)).ThenBy(problem => problem.Title, StringComparer.Ordinal)];

        bool Comes(DateOnly day) => day >= today && day <= last;
    }

    private static Figure Coming(List<ForeseenProblem> problems) =>
        new(FigureKind.ForeseenComing, problems.Count, [.. problems.Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Title}（{problem.Season}）"))]);
}
