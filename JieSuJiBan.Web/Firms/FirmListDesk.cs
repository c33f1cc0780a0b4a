using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Firms;

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

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Unit(((FirmList)saved).District)];
}
