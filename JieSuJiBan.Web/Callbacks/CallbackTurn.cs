using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Callbacks;

/// <summary>Somebody is calling about this case (正在回访). It lapses by itself, should he walk away.</summary>
public sealed class CallbackTurn
{
    public required Guid CaseId { get; init; }
    public required string UserId { get; set; }
    public required string Name { get; set; }
    public required DateTimeOffset Until { get; set; }
}

/// <summary>Who calls about what: one person a case. One statement of the database decides, so of two callers, on any node, one has it.</summary>
public sealed class CallbackTurns(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time)
{
    /// <summary>Longer than a call takes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    public async Task<Outcome> TakeAsync(Guid caseId, Actor by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var taken = await db.CallbackTurns.Where(turn => turn.CaseId == caseId && (turn.UserId == by.UserId || turn.Until < now))
            .ExecuteUpdateAsync(
                update => update.SetProperty(turn => turn.UserId, by.UserId).SetProperty(turn => turn.Name, by.Name).SetProperty(turn => turn.Until, now + Length), cancellationToken);
        if (taken == 0)
        {
            db.Add(new CallbackTurn { CaseId = caseId, UserId = by.UserId, Name = by.Name, Until = now + Length });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                return new Refusal("callback.taken", "这件别人正在回访，请换一件。", "Somebody else is calling about this one. Take another.");
            }
        }

        await feed.PublishAsync(Topic.Callbacks(by.Unit.District));
        return Outcome.Done;
    }

    /// <summary>Whoever is done lets go, and only of his own.</summary>
    public async Task ReleaseAsync(Guid caseId, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.CallbackTurns.Where(turn => turn.CaseId == caseId && turn.UserId == by.UserId).ExecuteDeleteAsync(cancellationToken);
        await feed.PublishAsync(Topic.Callbacks(by.Unit.District));
    }

    /// <summary>Whether it is still his, or at least nobody else's.</summary>
    public async Task<Refusal?> CheckAsync(Guid caseId, Actor by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.CallbackTurns.AnyAsync(turn => turn.CaseId == caseId && turn.UserId != by.UserId && turn.Until >= now, cancellationToken)
            ? new Refusal("callback.taken", "这件别人正在回访，请换一件。", "Somebody else is calling about this one. Take another.")
            : null;
    }
}
