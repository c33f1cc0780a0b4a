using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>
/// Plans what is new, tells deputies, and sends what waits. Every node runs one: what one sends is leased, so that two do not send it
/// at once. A node that dies between sending and saying so leaves it to be sent again.
/// </summary>
internal sealed class NoticeSender(
    IDbContextFactory<PortalDbContext> databases, PostBook posts, NoticePlanner planner, NoticeLetters letters, Mailer mailer, Gateway gateway, PushDesk push, Feed feed,
    IOptions<NoticeOptions> options, TimeProvider time, ILogger<NoticeSender> logger) : BackgroundService
{
    private const int Batch = 100, AtOnce = 4, SweptAtOnce = 5000;

    // Longer than anything takes that is sent.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly Waker _waker = new();
    private DateTimeOffset _sweptAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Send)
        {
            return;
        }

        using var subscription = feed.Subscribe(Topic.Emergency, _waker.Wake);
        var rounds = new List<Task>();
        try
        {
            while (true)
            {
                rounds.RemoveAll(round => round.IsCompleted);
                await TryAsync(() => planner.PlanAsync(stoppingToken));
                await TryAsync(() => planner.EscalateAsync(stoppingToken));
                rounds.Add(TryAsync(() => SendDueAsync(stoppingToken)));  // not waited for: a slow mail server holds up no emergency
                await TryAsync(() => SweepAsync(stoppingToken));
                await _waker.WaitAsync(options.Value.Tick, stoppingToken);
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
        List<long> due;
        do
        {
            var now = time.GetUtcNow();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            due = await db.NoticeSends
                .Where(send => send.State == SendState.Waiting && send.NextAt <= now && (send.LeasedUntil == null || send.LeasedUntil < now))
                .OrderBy(send => send.NextAt).Select(send => send.No).Take(Batch).ToListAsync(cancellationToken);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (no, stop) => await SendAsync(no, stop));
        }
        while (due.Count == Batch);
    }

    /// <summary>Drops what is old.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (now - _sweptAt < TimeSpan.FromHours(1))
        {
            return;
        }

        _sweptAt = now;
        var oldest = now - options.Value.Keep;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (await db.Notices.Where(notice => db.Notices.Where(old => old.At < oldest).OrderBy(old => old.At).Select(old => old.Id).Take(SweptAtOnce).Contains(notice.Id)).ExecuteDeleteAsync(cancellationToken) == SweptAtOnce)
        {
            // so much at once that nobody waits long for the database
        }
    }

    public override void Dispose()
    {
        _waker.Dispose();
        base.Dispose();
    }

    private async Task SendAsync(long no, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // One statement, so of two nodes one gets it.
        var leased = await db.NoticeSends
            .Where(send => send.No == no && send.State == SendState.Waiting && send.NextAt <= now && (send.LeasedUntil == null || send.LeasedUntil < now))
            .ExecuteUpdateAsync(update => update.SetProperty(send => send.LeasedUntil, now + s_lease), cancellationToken);
        if (leased == 0)
        {
            return;
        }

        var send = await db.NoticeSends.AsTracking().SingleAsync(send => send.No == no, cancellationToken);
        var arrival = await TryCarryAsync(db, send, cancellationToken);
        (send.Tries, send.LeasedUntil) = (send.Tries + 1, null);
        if (arrival == Arrival.Taken)
        {
            send.State = SendState.Sent;
        }
        else if (arrival == Arrival.Gone || BackOff.IsLast(send.Tries, isNo: arrival == Arrival.No))
        {
            send.State = SendState.Dead;
            logger.GivenUp(send.NoticeId, send.Way, send.Tries);
        }
        else
        {
            send.NextAt = time.GetUtcNow() + BackOff.After(send.Tries, Random.Shared.NextDouble());
        }

        await db.SaveChangesAsync(CancellationToken.None);  // what was sent was sent, even if the portal stops now
    }

    // What is broken here, and not at the other side, is given up in the end as well, and holds up no other meanwhile.
    private async Task<Arrival> TryCarryAsync(PortalDbContext db, NoticeSend send, CancellationToken cancellationToken)
    {
        try
        {
            return await CarryAsync(db, send, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SendingFailed(exception);
            return Arrival.Later;
        }
    }

    private async Task<Arrival> CarryAsync(PortalDbContext db, NoticeSend send, CancellationToken cancellationToken)
    {
        var notice = await db.Notices.AsNoTracking().SingleAsync(notice => notice.Id == send.NoticeId, cancellationToken);
        if (!posts.IsIn(notice.For, notice.UserId))
        {
            return Arrival.Gone;  // he has left the unit since
        }

        var letter = letters.Write(notice);
        switch (send.Way)
        {
            case NoticeWay.Mail:
                var address = await db.NoticeSettings.Where(settings => settings.UserId == notice.UserId).Select(settings => settings.Mail).FirstOrDefaultAsync(cancellationToken);
                return address is null ? Arrival.Gone : await mailer.SendAsync(address, letter, cancellationToken);

            case NoticeWay.Gateway:
                var account = await db.Users.Where(user => user.Id == notice.UserId).Select(user => user.UserName).FirstOrDefaultAsync(cancellationToken);
                return account is null || !gateway.IsOn ? Arrival.Gone : await gateway.SendAsync(account, letter, cancellationToken);

            default:
                // The browser may have been given to somebody else meanwhile.
                var browser = await db.PushSubscriptions.AsNoTracking().FirstOrDefaultAsync(one => one.Id == send.Target && one.UserId == notice.UserId, cancellationToken);
                var arrival = browser is null ? Arrival.Gone : await push.SendAsync(browser, letter, cancellationToken);
                if (arrival == Arrival.Gone)
                {
                    await db.PushSubscriptions.Where(one => one.Id == send.Target && one.UserId == notice.UserId).ExecuteDeleteAsync(cancellationToken);
                }

                return arrival;
        }
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

internal static partial class NoticeSenderLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {Notice} by {Way} was given up after {Tries} tries.")]
    public static partial void GivenUp(this ILogger logger, Guid notice, NoticeWay way, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending notices failed; it will be tried again.")]
    public static partial void SendingFailed(this ILogger logger, Exception exception);
}
