using JieSuJiBan.Domain.Assessment;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Insight;

/// <summary>What the wall shows at one moment.</summary>
public sealed record Screen(
    Tally Today, Tally Yesterday, IReadOnlyDictionary<Lamp, int> Lamps, IReadOnlyList<Tally> Days,
    IReadOnlyList<InsightLine> Places, IReadOnlyList<InsightLine> Categories, IReadOnlyList<WhistleLine> Whistles, int OpenWhistles, PublishedRanking? Ranking);

/// <summary>Answers the big screen. It shows numbers, places and the titles of whistles: nothing of who called.</summary>
public sealed class ScreenBook(IDbContextFactory<PortalDbContext> databases, InsightBook insight, WhistleList whistles, TimeProvider time)
{
    public const int Days = 30;

    public async Task<Screen> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var (scope, span, today) = (InsightScope.Of(by), InsightSpan.Of(null, now), WorkCalendar.DateAt(now));
        var days = await insight.DaysAsync(scope, today.AddDays(1 - Days), today.AddDays(1), cancellationToken);
        var open = await whistles.ReadAsync(by, new WhistleFilter(), cancellationToken);
        return new Screen(
            days[^1], days[^2], await LampsAsync(by, now, cancellationToken), days, await insight.PlacesAsync(scope, span, cancellationToken),
            await insight.CategoriesAsync(scope, span, cancellationToken), await ShownAsync(open.Lines, cancellationToken), open.Total, await RankingAsync(scope.District, cancellationToken));
    }

    // Whoever stands before the wall reads it: no whistle that comes from a 举报, or is about a unit, hangs there.
    private async Task<IReadOnlyList<WhistleLine>> ShownAsync(IReadOnlyList<WhistleLine> open, CancellationToken cancellationToken)
    {
        if (open.Count == 0)
        {
            return open;
        }

        var ids = open.Select(line => line.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hidden = await db.Whistles.Where(whistle => ids.Contains(whistle.Id)
                && (whistle.ReportedUnit != null || db.Cases.Any(file => file.Id == whistle.CaseId && (file.Nature == Nature.Report || file.ReportedUnit != null))))
            .Select(whistle => whistle.Id).ToListAsync(cancellationToken);
        return [.. open.Where(line => !hidden.Contains(line.Id))];
    }

    // On a wall hangs what is published, and nothing else.
    private async Task<PublishedRanking?> RankingAsync(OrgPath district, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Rankings.AsNoTracking()
            .Where(ranking => ranking.District == district && ranking.List == RankingList.Streets && ranking.WithdrawnAt == null)
            .OrderByDescending(ranking => ranking.PublishedAt).FirstOrDefaultAsync(cancellationToken);
    }

    // A lamp is worked out, not stored; only what is open is looked at.
    private async Task<IReadOnlyDictionary<Lamp, int>> LampsAsync(Actor by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lamps = new Dictionary<Lamp, int> { [Lamp.Green] = 0, [Lamp.Yellow] = 0, [Lamp.Red] = 0 };
        var open = db.CasesFor(by, onlyOpen: true).Where(file => file.DueAt != null && file.Status != CaseStatus.Answered && file.Status != CaseStatus.CalledBack)
            .Select(file => new { file.DispatchedAt, file.DueAt, file.SuspendedAt, file.NodesLapsed, file.Urged });
        await foreach (var file in open.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            lamps[CaseFile.LampOf(file.DispatchedAt, file.DueAt, file.SuspendedAt, file.NodesLapsed, file.Urged, now)]++;
        }

        return lamps;
    }
}
