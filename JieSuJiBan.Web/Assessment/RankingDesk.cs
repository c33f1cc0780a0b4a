using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

/// <summary>The desk at which tables are published, corrected by another edition, and withdrawn.</summary>
public sealed class RankingDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, RankingTables tables, SchemeBook schemes, TimeProvider time)
    : Desk<PublishedRanking>(databases, feed)
{
    private static readonly Refusal s_published = new("ranking.published", "这张表已公布，请用更正。", "This table is published: correct it.");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a published table: every node the same.</summary>
    public static Guid IdOf(OrgPath district, RankingList list, Period period) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"ranking:{district}:{list}:{period}")).AsSpan(0, 16));

    /// <summary>The published table, if there is one and the actor may see it.</summary>
    public async Task<PublishedRanking?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var ranking = await db.Rankings.AsNoTracking().SingleOrDefaultAsync(ranking => ranking.Id == id, cancellationToken);
        return ranking is not null && by.CanSee(ranking) ? ranking : null;
    }

    public async Task<(Guid Id, Outcome Outcome)> PublishAsync(RankingList list, Period period, Actor by)
    {
        var (district, id) = (by.Unit.District, IdOf(by.Unit.District, list, period));
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.Rankings.AnyAsync(ranking => ranking.Id == id))
        {
            return (id, await IsRepeatAsync(id, by) ? Outcome.Done : s_published);
        }

        var table = await tables.ReadAsync(district, list, schemes.Of(district).SpanOf(period));
        var (published, outcome) = PublishedRanking.Publish(id, list, table.Span, table.Rows, by, time.GetUtcNow());
        if (published is null)
        {
            return (id, outcome);
        }

        db.Add(published);
        var saved = await SaveTogetherAsync(db, s_published);
        return (id, saved.IsDone || await IsRepeatAsync(id, by) ? Outcome.Done : saved);
    }

    /// <summary>Another edition, counted anew by the scheme of the first.</summary>
    public async Task<Outcome> CorrectAsync(Guid id, string reason, Actor by)
    {
        if (await FindAsync(id, by) is not { } published)
        {
            return Unknown;
        }

        var table = await tables.ReadAsync(published.District, published.List, published.Span);
        return await DoAsync(id, by, ranking => ranking.Edition != published.Edition ? Changed : ranking.Correct(table.Rows, reason, by, time.GetUtcNow()));
    }

    public Task<Outcome> WithdrawAsync(Guid id, string reason, Actor by) => DoAsync(id, by, ranking => ranking.Withdraw(reason, by, time.GetUtcNow()));

    protected override bool CanSee(Actor by, PublishedRanking stream) => by.CanSee(stream);

    protected override Task<PublishedRanking?> LoadAsync(PortalDbContext db, Guid id) => db.Rankings.SingleOrDefaultAsync(ranking => ranking.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Rankings(((PublishedRanking)saved).District)];
}
