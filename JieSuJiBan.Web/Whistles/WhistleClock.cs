using System.ComponentModel.DataAnnotations;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Whistles;

public sealed class WhistleClockOptions
{
    public const string Section = "WhistleClock";

    /// <summary>How often the clock looks for units whose time has run out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Writes down who did not respond or arrive in time. Every node runs one: two that see the same unit race for the next sequence,
/// and the loser finds nothing left to record.
/// </summary>
public sealed class WhistleClock(
    IDbContextFactory<PortalDbContext> databases, WhistleDesk desk, TimeProvider time, IOptions<WhistleClockOptions> options, ILogger<WhistleClock> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Tick, time);
        do
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.TickFailed(exception);  // one bad tick must not stop the clock
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look at what is due. Tests call this; only the loop above knows about timers.</summary>
    public async Task TickAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Whistles
            .SelectMany(whistle => whistle.Units)
            .Where(unit => unit.NextLapseAt <= now)
            .OrderBy(unit => unit.NextLapseAt)
            .Select(unit => unit.WhistleId)
            .Take(500)
            .ToListAsync(cancellationToken);

        foreach (var id in due.Distinct())
        {
            await desk.DoAsync(id, Actor.Clock, whistle => whistle.MarkLapses(now));
        }
    }
}

internal static partial class WhistleClockLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The whistle clock missed a tick.")]
    public static partial void TickFailed(this ILogger logger, Exception exception);
}
