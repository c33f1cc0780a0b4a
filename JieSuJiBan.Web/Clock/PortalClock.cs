using System.ComponentModel.DataAnnotations;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Foreseen;
using JieSuJiBan.Web.Supervision;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Clock;

public sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>How often the clock looks for what has fallen due.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Writes down what time alone has made true: nodes that passed, limits that were reached, units that did not come. Every node runs
/// one: two that see the same thing race for the next sequence of its log, and the loser finds nothing left to record. After a time
/// away it catches up in the order in which things fell due.
/// </summary>
public sealed class PortalClock(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, WhistleDesk whistles, ForeseenDesk foreseen, SupervisionDesk orders,
    PlanBook plans, TimeProvider time, IOptions<ClockOptions> options, ILogger<PortalClock> logger)
    : BackgroundService
{
    private const int Batch = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Tick, time);
        do
        {
            await TickAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Looks until nothing is due. Tests call this; only the loop above knows about timers.</summary>
    public async Task TickAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await RingAsync(ReadWhistlesAsync, id => whistles.DoAsync(id, Actor.Clock, whistle => whistle.Ring(plans.RulesOf(whistle.District), time.GetUtcNow())), now, cancellationToken);
        await RingAsync(ReadCasesAsync, id => cases.DoAsync(id, Actor.Clock, file => file.Ring(time.GetUtcNow())), now, cancellationToken);
        await RingAsync((at, stop) => foreseen.ReadDueAsync(at, Batch, stop), id => foreseen.DoAsync(id, Actor.Clock, problem => problem.Ring(time.GetUtcNow())), now, cancellationToken);
        await RingAsync(ReadOrdersAsync, id => orders.DoAsync(id, Actor.Clock, order => order.Ring(time.GetUtcNow())), now, cancellationToken);
    }

    /// <summary>The cases that something has fallen due for, the longest due first.</summary>
    public async Task<IReadOnlyList<Guid>> ReadCasesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cases.Where(file => file.ClockAt <= now).OrderBy(file => file.ClockAt).Select(file => file.Id).Take(Batch).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Guid>> ReadOrdersAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SupervisionOrders.Where(order => order.ClockAt <= now).OrderBy(order => order.ClockAt).Select(order => order.Id).Take(Batch).ToListAsync(cancellationToken);
    }

    /// <summary>The whistles of which something has fallen due, the longest due first.</summary>
    public async Task<IReadOnlyList<Guid>> ReadWhistlesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Whistles.Where(whistle => whistle.ClockAt <= now).OrderBy(whistle => whistle.ClockAt).Select(whistle => whistle.Id).Take(Batch).ToListAsync(cancellationToken);
    }

    // One that fails must not stop the others, and is not tried again in the same tick.
    private async Task RingAsync(
        Func<DateTimeOffset, CancellationToken, Task<IReadOnlyList<Guid>>> read, Func<Guid, Task> ring, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = new HashSet<Guid>();
        try
        {
            while ((await read(now, cancellationToken)).Where(done.Add).ToList() is { Count: > 0 } due)
            {
                foreach (var id in due)
                {
                    await TryAsync(() => ring(id), id);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.TickFailed(exception);
        }
    }

    private async Task TryAsync(Func<Task> ring, Guid id)
    {
        try
        {
            await ring();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.BellFailed(id, exception);
        }
    }
}

internal static partial class PortalClockLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The clock missed a tick.")]
    public static partial void TickFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock could not write down what fell due for {Id}.")]
    public static partial void BellFailed(this ILogger logger, Guid id, Exception exception);
}
