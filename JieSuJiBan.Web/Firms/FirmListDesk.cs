using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Firms;

/// <summary>A list among others: how far it is, and what was published last.</summary>
public sealed record FirmListLine(Guid Id, Month Month, int Edition, bool HasChanged, DateTimeOffset? ReplyBy, IReadOnlyList<FirmEdition> Editions);

/// <summary>The desk at which a month's red and black list is proposed, told to the firms, answered and published.</summary>
public sealed class FirmListDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, FirmMonths months, FirmRules rules, TimeProvider time) : Desk<FirmList>(databases, feed)
{
    private static readonly Refusal s_proposed = new("firm-list.proposed", "本月榜单已经提出。", "The list of this month has been proposed.");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a month's list: every node the same.</summary>
    public static Guid IdOf(OrgPath district, Month month) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"firms:{district}:{month}")).AsSpan(0, 16));

    public async Task<FirmList?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.FirmLists.AsNoTracking().SingleOrDefaultAsync(list => list.Id == id, cancellationToken) is { } list && by.CanSee(list) ? list : null;
    }

    /// <summary>The lists that the actor may read, the latest month first.</summary>
    public async Task<ListPage<FirmListLine>> ReadAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var lists = db.FirmLists.AsNoTracking().Where(Sight.FirmLists(by));
        var total = await lists.Take(ListPage<FirmListLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await lists.OrderByDescending(list => list.Month)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<FirmListLine>.Size).Take(ListPage<FirmListLine>.Size)
            .Select(list => new FirmListLine(list.Id, list.Month, list.Edition, list.HasChanged, list.ReplyBy, list.Editions))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<FirmListLine>.MaxTotal), total > ListPage<FirmListLine>.MaxTotal);
    }

    public async Task<(Guid Id, Outcome Outcome)> ProposeAsync(Month month, Actor by)
    {
        var (district, id) = (by.Unit.District, IdOf(by.Unit.District, month));
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.FirmLists.AnyAsync(list => list.Id == id))
        {
            return (id, await IsRepeatAsync(id, by) ? Outcome.Done : s_proposed);
        }

        var (list, outcome) = FirmList.Propose(id, month, rules, await months.ReadAsync(district, month), by, time.GetUtcNow());
        if (list is null)
        {
            return (id, outcome);
        }

        db.Add(list);
        return (id, await SaveTogetherAsync(db, s_proposed));
    }

    protected override bool CanSee(Actor by, FirmList stream) => by.CanSee(stream);

    protected override Task<FirmList?> LoadAsync(PortalDbContext db, Guid id) => db.FirmLists.SingleOrDefaultAsync(list => list.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Firms(((FirmList)saved).District)];
}
