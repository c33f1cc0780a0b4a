using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>
/// Decides what becomes of new notices: held back until quiet hours end, summed up where they are many, and which ways they go. It
/// may run on every node: of two that take up the same notice one is told that it has changed, and looks again.
/// </summary>
public sealed class NoticePlanner(
    IDbContextFactory<PortalDbContext> databases, PostBook posts, Feed feed, Mailer mailer, Gateway gateway, IOptions<NoticeOptions> options, TimeProvider time, ILogger<NoticePlanner> logger)
{
    private const int Batch = 1000, Attempts = 5;

    // An emergency goes before whatever waits.
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    // So long an unseen sum takes in what comes after it.
    private static readonly TimeSpan s_sumStaysOpen = TimeSpan.FromHours(1);

    // Whatever time alone has made true, once the clock catches up: one notice sums up.
    private static readonly NoticeKind[] s_ofTheClock = [NoticeKind.Late, NoticeKind.Urged];

    public async Task PlanAsync(CancellationToken cancellationToken = default)
    {
        for (var conflicts = 0; ;)
        {
            try
            {
                if (await PlanBatchAsync(cancellationToken) < Batch)
                {
                    return;
                }
            }
            catch (DbUpdateException) when (++conflicts < Attempts)
            {
                // Another node plans them, or he has just seen one: look again.
            }
        }
    }

    /// <summary>Tells the deputy of every emergency that nobody in the unit has seen in time.</summary>
    public async Task EscalateAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var late = await db.Notices.AsNoTracking().Where(notice => notice.DeputyAt <= now).Select(notice => new { notice.Key, notice.For }).Take(Batch).Distinct().ToListAsync(cancellationToken);
        foreach (var (key, unit) in late.Select(one => (one.Key, one.For)))
        {
            try
            {
                await EscalateAsync(key, unit, now, cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another node was faster, or somebody has just seen it.
            }
        }
    }

    private async Task<int> PlanBatchAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.Notices.AsTracking().Where(notice => notice.PlanAt <= now).OrderBy(notice => notice.PlanAt).Take(Batch).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var people = due.Select(notice => notice.UserId).Distinct().ToList();
        var settings = await db.NoticeSettings.AsNoTracking().Where(one => people.Contains(one.UserId)).ToDictionaryAsync(one => one.UserId, cancellationToken);
        var browsers = (await db.PushSubscriptions.AsNoTracking().Where(one => people.Contains(one.UserId)).Select(one => new { one.UserId, one.Id }).ToListAsync(cancellationToken))
            .ToLookup(one => one.UserId, one => one.Id);

        foreach (var group in due.GroupBy(notice => (notice.UserId, notice.StaysInside, Kinds: s_ofTheClock.Contains(notice.Kind) ? s_ofTheClock[0] : notice.Kind)))
        {
            var user = group.Key.UserId;
            var wishes = settings.GetValueOrDefault(user) ?? new NoticeSettings { UserId = user };
            var quietUntil = wishes.QuietUntil(now);
            var told = new List<Notice>();
            foreach (var notice in group)
            {
                notice.PlanAt = notice.IsEmergency ? null : quietUntil;
                if (notice is { PlanAt: null, SeenAt: null })
                {
                    told.Add(notice);  // what he has seen here need not be brought to him
                }
            }

            foreach (var notice in await SumUpAsync(db, told, now, cancellationToken))
            {
                db.NoticeSends.AddRange(Ways(notice, wishes, [.. browsers[user]])
                    .Select(way => new NoticeSend { NoticeId = notice.Id, Way = way.Way, Target = way.Target, NextAt = notice.IsEmergency ? now - s_ahead : now }));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await Task.WhenAll(people.Select(user => feed.PublishAsync(Topic.Notices(user))));
        return due.Count;
    }

    // After a time away, or an hour in which the clock catches up, one notice stands for many.
    private async Task<IReadOnlyList<Notice>> SumUpAsync(PortalDbContext db, List<Notice> told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ordinary = told.Where(notice => !notice.IsEmergency).ToList();
        if (ordinary.Count == 0)
        {
            return told;
        }

        var (user, inside, since) = (ordinary[0].UserId, ordinary[0].StaysInside, now - s_sumStaysOpen);
        var kinds = s_ofTheClock.Contains(ordinary[0].Kind) ? s_ofTheClock : [ordinary[0].Kind];
        var unseen = db.Notices.Where(notice => notice.UserId == user && notice.SeenAt == null && notice.SummedIn == null && kinds.Contains(notice.Kind) && notice.StaysInside == inside && notice.At > since);
        var sum = await unseen.AsTracking().FirstOrDefaultAsync(notice => notice.Stream == null, cancellationToken);
        var isNew = sum is null;
        if (sum is null)
        {
            // The clock writes down what is due bit by bit: what it has told him within the hour counts with the rest.
            var already = kinds.Length > 1 ? await unseen.CountAsync(notice => notice.PlanAt == null && !notice.IsEmergency, cancellationToken) : 0;
            if (already + ordinary.Count <= options.Value.SumUpOver)
            {
                return told;
            }

            var id = Guid.CreateVersion7(now);
            sum = new Notice { Id = id, UserId = user, For = ordinary[0].For, Kind = ordinary.Max(one => one.Kind), Key = $"sum/{id:N}", Link = $"/notices?sum={id}", At = now, Count = 0, StaysInside = inside };
            db.Notices.Add(sum);
        }

        sum.Count += ordinary.Count;
        ordinary.ForEach(notice => notice.SummedIn = sum.Id);
        return [.. told.Where(notice => notice.IsEmergency), .. isNew ? new[] { sum } : []];
    }

    private IEnumerable<(NoticeWay Way, Guid Target)> Ways(Notice notice, NoticeSettings wishes, IReadOnlyList<Guid> browsers)
    {
        if (notice.StaysInside || !posts.IsIn(notice.For, notice.UserId))
        {
            yield break;
        }

        // A sum of what the clock wrote stands for several kinds.
        bool Wants(NoticeWay way) => notice.Stream is null && s_ofTheClock.Contains(notice.Kind) ? s_ofTheClock.Any(kind => wishes.Wants(way, kind)) : wishes.Wants(way, notice.Kind);

        if (mailer.IsOn && wishes.Mail is not null && Wants(NoticeWay.Mail))
        {
            yield return (NoticeWay.Mail, Guid.Empty);
        }

        if (gateway.IsOn && Wants(NoticeWay.Gateway))
        {
            yield return (NoticeWay.Gateway, Guid.Empty);
        }

        if (Wants(NoticeWay.Push))
        {
            foreach (var browser in browsers)
            {
                yield return (NoticeWay.Push, browser);
            }
        }
    }

    private async Task EscalateAsync(string key, OrgPath unit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var told = await db.Notices.AsTracking().Where(notice => notice.Key == key && notice.For == unit).ToListAsync(cancellationToken);
        told.ForEach(notice => notice.DeputyAt = null);
        if (told.TrueForAll(notice => notice.SeenAt is null) && !await HasActedAsync(db, told[0], unit, cancellationToken))
        {
            var deputies = await DeputiesAsync(db, told[0], unit, cancellationToken);
            db.Notices.AddRange(deputies.Select(person => told[0].ForDeputy(person.UserId, now)));
            if (deputies.Count == 0)
            {
                logger.NoDeputy(unit.Value);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await Task.WhenAll(db.ChangeTracker.Entries<Notice>().Select(tracked => feed.PublishAsync(Topic.Notices(tracked.Entity.UserId))));
    }

    // Whoever has done something there since, has seen it: he came by the alarm, and not by the notice.
    private static Task<bool> HasActedAsync(PortalDbContext db, Notice notice, OrgPath unit, CancellationToken cancellationToken)
    {
        var (stream, sequence) = (notice.Stream, notice.Sequence);
        return db.Log.AnyAsync(entry => entry.Stream == stream && entry.Sequence > sequence && entry.By.Unit == unit, cancellationToken);
    }

    private async Task<IReadOnlyList<Actor>> DeputiesAsync(PortalDbContext db, Notice notice, OrgPath unit, CancellationToken cancellationToken)
    {
        var key = notice.Key;
        var told = await db.Notices.Where(one => one.Key == key).Select(one => one.UserId).ToListAsync(cancellationToken);
        var withdrawn = await db.Cases.Where(file => file.Id == notice.CaseId).Select(file => file.Withdrawn).FirstOrDefaultAsync(cancellationToken) ?? [];
        return [.. posts.HoldersIn(unit).Where(person => person.Role.HandlesCases() && !told.Contains(person.UserId) && !withdrawn.Contains(person.UserId)).DistinctBy(person => person.UserId)];
    }
}

internal static partial class NoticePlannerLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "An emergency in {Unit} was seen by nobody, and there is no deputy to tell.")]
    public static partial void NoDeputy(this ILogger logger, string unit);
}
