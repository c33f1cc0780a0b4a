using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Assessment;

public sealed record PublishedLine(Guid Id, RankingList List, string Key, DateOnly From, DateOnly Until, int Edition, DateTimeOffset PublishedAt, DateTimeOffset? WithdrawnAt)
{
    public Period Period => Period.Parse(Key);
}

/// <summary>Answers which tables were published, and what each edition of one said.</summary>
public sealed class PublishedList(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>The published tables of the district, the newest first.</summary>
    public async Task<ListPage<PublishedLine>> ReadAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        var district = by.Unit.District;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rankings = db.Rankings.Where(Sight.Rankings(by)).Where(ranking => ranking.District == district);
        var total = await rankings.Take(ListPage<PublishedLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await rankings.OrderByDescending(ranking => ranking.PublishedAt).ThenBy(ranking => ranking.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<PublishedLine>.Size).Take(ListPage<PublishedLine>.Size)
            .Select(ranking => new PublishedLine(ranking.Id, ranking.List, ranking.Key, ranking.From, ranking.Until, ranking.Edition, ranking.PublishedAt, ranking.WithdrawnAt))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<PublishedLine>.MaxTotal), total > ListPage<PublishedLine>.MaxTotal);
    }
}
