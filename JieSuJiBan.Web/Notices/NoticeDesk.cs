using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Notices;

/// <summary>A person's own notices and how he wants to be told; nobody comes to another's.</summary>
public sealed class NoticeDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time)
{
    public const int Page = 30;

    private const int MostPages = 20, MostCounted = 99;

    /// <summary>One page, the newest first; those behind one sum, if <paramref name="sum"/> names it.</summary>
    public async Task<(IReadOnlyList<Notice> Notices, bool IsMore)> ListAsync(Actor by, Guid? sum, int page, CancellationToken cancellationToken = default)
    {
        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Notices.AsNoTracking().Where(notice => notice.UserId == user && notice.SummedIn == sum).OrderByDescending(notice => notice.Id)
            .Skip((Math.Clamp(page, 1, MostPages) - 1) * Page).Take(Page + 1).ToListAsync(cancellationToken);
        return ([.. found.Take(Page)], found.Count > Page && page < MostPages);
    }

    /// <summary>How many he has not seen, a hundred at most.</summary>
    public async Task<int> CountUnseenAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Notices.Where(notice => notice.UserId == user && notice.SeenAt == null && notice.SummedIn == null).Take(MostCounted + 1).CountAsync(cancellationToken);
    }

    /// <summary>He has seen this one, with all that it stands for; or all, if none is named.</summary>
    public async Task<Outcome> SeeAsync(Guid? id, Actor by)
    {
        var (user, now) = (by.UserId, time.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync();
        var seen = await db.Notices
            .Where(notice => notice.UserId == user && notice.SeenAt == null && (id == null || notice.Id == id || notice.SummedIn == id))
            .ExecuteUpdateAsync(update => update.SetProperty(notice => notice.SeenAt, now));
        if (seen > 0)
        {
            await feed.PublishAsync(Topic.Notices(user));
        }

        return Outcome.Done;
    }

    public async Task<NoticeSettings> ReadSettingsAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.NoticeSettings.AsNoTracking().SingleOrDefaultAsync(settings => settings.UserId == user, cancellationToken) ?? new NoticeSettings { UserId = user };
    }

    public async Task<Outcome> SaveSettingsAsync(NoticeSettings wanted, Actor by)
    {
        wanted.Mail = string.IsNullOrWhiteSpace(wanted.Mail) ? null : wanted.Mail.Trim();
        if (wanted.Check() is { } refusal)
        {
            return refusal;
        }

        var user = by.UserId;
        await using var db = await databases.CreateDbContextAsync();
        if (await db.NoticeSettings.SingleOrDefaultAsync(settings => settings.UserId == user) is not { } stored)
        {
            db.NoticeSettings.Add(stored = new NoticeSettings { UserId = user });
        }

        (stored.Mail, stored.Off, stored.QuietFrom, stored.QuietTo) = (wanted.Mail, [.. wanted.Off.Distinct().Take(200)], wanted.QuietFrom, wanted.QuietTo);
        await db.SaveChangesAsync();
        return Outcome.Done;
    }
}
