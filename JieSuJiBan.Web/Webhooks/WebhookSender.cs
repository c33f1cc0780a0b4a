using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>
/// Sends what lies in the outbox, each receiver's messages in their order and one after another; receivers do not wait for each
/// other. Every node runs one: a receiver is leased, so that two do not send to it at once. A message may come twice, never not at all.
/// </summary>
internal sealed class WebhookSender(
    IDbContextFactory<PortalDbContext> databases, WebhookBook book, WebhookDesk desk, Courier courier, Feed feed, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookSender> logger) : BackgroundService
{
    private const int Batch = 20;

    // Longer than a batch to a receiver who takes all the time there is.
    private static readonly TimeSpan s_lease = Batch * Courier.Patience + TimeSpan.FromMinutes(1);

    private readonly Waker _waker = new();
    private DateTimeOffset _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Subscribe(Topic.Outbox, _waker.Wake);
        var rounds = new List<Task>();
        try
        {
            while (true)
            {
                rounds.RemoveAll(round => round.IsCompleted);
                if (options.Value.Send)
                {
                    rounds.Add(TryAsync(() => SendDueAsync(stoppingToken)));  // not waited for: a slow receiver is no other one's affair
                }

                if (await _waker.WaitAsync(options.Value.Tick, stoppingToken))
                {
                    continue;
                }

                await TryAsync(() => book.LoadAsync(stoppingToken));  // a node that only writes down must know for whom, too
                if (options.Value.Send)
                {
                    await TryAsync(() => SweepAsync(stoppingToken));
                }
            }
        }
        finally
        {
            await Task.WhenAll(rounds);
        }
    }

    /// <summary>Sends everything whose time has come. Tests call this.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Webhooks
            .Where(webhook => webhook.IsActive && (webhook.NextAt == null || webhook.NextAt <= now) && (webhook.LeasedUntil == null || webhook.LeasedUntil < now)
                && db.Deliveries.Any(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting))
            .Select(webhook => webhook.Id)
            .ToListAsync(cancellationToken);
        await Task.WhenAll(due.Select(id => TryAsync(() => ServeAsync(id, cancellationToken))));
    }

    /// <summary>Drops the list of what was delivered long ago. What was given up stays until somebody has looked at it.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (now - _sweptAt < TimeSpan.FromHours(1))
        {
            return;
        }

        _sweptAt = now;
        var oldest = now - options.Value.KeepDelivered;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var id in await db.Webhooks.Select(webhook => webhook.Id).ToListAsync(cancellationToken))
        {
            await db.Deliveries
                .Where(delivery => delivery.WebhookId == id && delivery.State == DeliveryState.Delivered && delivery.At < oldest)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        _waker.Dispose();
        base.Dispose();
    }

    private async Task ServeAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await LeaseAsync(id, cancellationToken) is { } lease)
        {
            var isMore = false;
            try
            {
                isMore = await SendBatchAsync(id, cancellationToken);
            }
            finally
            {
                await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
                await db.Webhooks.Where(webhook => webhook.Id == id && webhook.LeasedUntil == lease)
                    .ExecuteUpdateAsync(update => update.SetProperty(webhook => webhook.LeasedUntil, (DateTimeOffset?)null), CancellationToken.None);
            }

            if (!isMore)
            {
                return;
            }
        }
    }

    // One statement, so of two nodes one gets it.
    private async Task<DateTimeOffset?> LeaseAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + s_lease + TimeSpan.FromTicks(Random.Shared.Next(1000));  // so that nobody ends another's
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var taken = await db.Webhooks
            .Where(webhook => webhook.Id == id && webhook.IsActive && (webhook.NextAt == null || webhook.NextAt <= now) && (webhook.LeasedUntil == null || webhook.LeasedUntil < now))
            .ExecuteUpdateAsync(update => update.SetProperty(webhook => webhook.LeasedUntil, until), cancellationToken);
        return taken == 1 ? until : null;
    }

    // True if there may be more to send at once.
    private async Task<bool> SendBatchAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var webhook = await db.Webhooks.SingleAsync(webhook => webhook.Id == id, cancellationToken);
        var batch = await db.Deliveries
            .Where(delivery => delivery.WebhookId == id && delivery.State == DeliveryState.Waiting)
            .OrderBy(delivery => delivery.No)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        var secret = desk.SecretOf(webhook);
        webhook.NextAt = null;

        try
        {
            foreach (var delivery in batch)
            {
                var answered = await courier.SendAsync(webhook.Url, secret, delivery, cancellationToken);
                var now = time.GetUtcNow();
                (delivery.Tries, delivery.TriedAt, delivery.Fault, delivery.Status) = (delivery.Tries + 1, now, answered.Fault, answered.Status);
                if (answered.IsTaken)
                {
                    delivery.State = DeliveryState.Delivered;
                }
                else if (BackOff.IsLast(delivery.Tries, answered.IsNo))
                {
                    delivery.State = DeliveryState.Dead;
                    logger.GivenUp(delivery.Id, id, delivery.Tries);
                }
                else
                {
                    webhook.NextAt = now + BackOff.After(delivery.Tries, Random.Shared.NextDouble());
                    return false;  // what comes after it waits with it: a receiver hears things in their order
                }
            }
        }
        finally
        {
            await db.SaveChangesAsync(CancellationToken.None);  // what was sent was sent, even if the portal stops now
        }

        return batch.Count == Batch;
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // the portal stops
        }
        catch (Exception exception)
        {
            logger.SendingFailed(exception);  // tried again at the next tick
        }
    }
}

internal static partial class WebhookSenderLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook message {Delivery} to {Webhook} was given up after {Tries} tries.")]
    public static partial void GivenUp(this ILogger logger, Guid delivery, Guid webhook, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending webhook messages failed; it will be tried again.")]
    public static partial void SendingFailed(this ILogger logger, Exception exception);
}
