using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Reviews;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Reviews;

public sealed record ReviewLine(Guid Id, string Number, OrgPath Unit, Rhythm Rhythm, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset OpenedAt, int Decisions);

/// <summary>A task that a review gave, and how far it is.</summary>
public sealed record TaskLine(Guid Order, SupervisionState State, bool IsLate);

/// <summary>A task of an earlier review that is not done.</summary>
public sealed record OpenTaskLine(Guid Order, string Number, string Title, OrgPath Unit, DateTimeOffset DueAt, SupervisionState State, bool IsLate);

/// <summary>Answers lists of reviews, and what surrounds one.</summary>
public sealed class ReviewList(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The reviews of one district or street, the newest first.</summary>
    public async Task<ListPage<ReviewLine>> ReadAsync(Actor by, OrgPath unit, Rhythm? rhythm, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var reviews = db.Reviews.Where(Sight.Reviews(by)).Where(review => review.Unit == unit);
        if (rhythm is { } one)
        {
            reviews = reviews.Where(review => review.Rhythm == one);
        }

        var total = await reviews.Take(ListPage<ReviewLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await reviews.OrderByDescending(review => review.OpenedAt).ThenBy(review => review.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<ReviewLine>.Size).Take(ListPage<ReviewLine>.Size)
            .Select(review => new ReviewLine(review.Id, review.Number, review.Unit, review.Rhythm, review.From, review.To, review.OpenedAt, review.Decisions.Count))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<ReviewLine>.MaxTotal), total > ListPage<ReviewLine>.MaxTotal);
    }

    /// <summary>The last review of the same rhythm before this one: its numbers are what today's are compared with.</summary>
    public async Task<Review?> BeforeAsync(Review review, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Reviews.AsNoTracking().Where(other => other.Unit == review.Unit && other.Rhythm == review.Rhythm && other.To <= review.From)
            .OrderByDescending(other => other.To).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What earlier reviews of the same district or street have asked for and is not done, the longest due first.</summary>
    public async Task<IReadOnlyList<OpenTaskLine>> OpenTasksAsync(Review review, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await OpenTasks(db, review, by).OrderBy(order => order.DueAt).ThenBy(order => order.Id).Take(ListPage<OpenTaskLine>.Size)
            .Select(order => new OpenTaskLine(order.Id, order.Number, order.Title, order.Unit, order.DueAt, order.State, order.IsLate)).ToListAsync(cancellationToken);
    }

    internal static IQueryable<SupervisionOrder> OpenTasks(PortalDbContext db, Review review, Actor by)
    {
        var district = review.Unit.District;
        return db.SupervisionOrders.Where(Sight.Orders(by)).Where(order => order.District == district && order.IsOpen && order.Kind == SupervisionKind.Task)
            .Join(db.Set<ReviewDecision>(), order => order.Id, decision => decision.Order, (order, decision) => new { order, decision })
            .Join(db.Reviews.Where(held => held.Unit == review.Unit && held.Id != review.Id), row => row.decision.ReviewId, held => held.Id, (row, held) => row.order);
    }

    /// <summary>How far the tasks are that this review gave, by order.</summary>
    public async Task<IReadOnlyDictionary<Guid, TaskLine>> TasksAsync(Review review, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SupervisionOrders.Where(order => order.SubjectId == review.Id)
            .Select(order => new TaskLine(order.Id, order.State, order.IsLate)).ToDictionaryAsync(task => task.Order, cancellationToken);
    }
}
