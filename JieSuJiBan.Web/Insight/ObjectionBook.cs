using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Insight;

/// <summary>What objections to dispatches say about the duty list: a matter that is sent to the wrong unit again and again.</summary>
public sealed record ObjectionLine(string Category, OrgPath Unit, int Raised, int Upheld, OrgPath? Suggested)
{
    public const int LeastUpheld = 2;

    /// <summary>Upheld more often than not: the list, or whoever dispatches by it, is wrong.</summary>
    public bool SpeaksAgainstList => Upheld >= LeastUpheld && Upheld * 2 >= Raised;
}

public sealed class ObjectionBook(IDbContextFactory<PortalDbContext> databases)
{
    private const int Most = 50;

    /// <summary>By matter and unit, over three months up to the end of the span; what was upheld most often first.</summary>
    public async Task<IReadOnlyList<ObjectionLine>> ReadAsync(InsightScope scope, InsightSpan span, CancellationToken cancellationToken = default)
    {
        var (from, until, district) = (WorkCalendar.Midnight(span.Month.AddMonths(-2)), WorkCalendar.Midnight(span.Until), scope.District);
        var (isWhole, unit) = (scope.IsDistrict, scope.Path);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var objections = db.Set<DispatchObjection>().AsNoTracking()
            .Where(objection => objection.District == district && objection.RaisedAt >= from && objection.RaisedAt < until && !objection.IsReport)
            .Where(objection => isWhole || objection.Unit == unit);
        var lines = await objections.GroupBy(objection => new { objection.Category, objection.Unit })
            .Select(matter => new { matter.Key.Category, matter.Key.Unit, Raised = matter.Count(), Upheld = matter.Sum(objection => objection.State == ObjectionState.Upheld ? 1 : 0) })
            .OrderByDescending(matter => matter.Upheld).ThenByDescending(matter => matter.Raised).ThenBy(matter => matter.Category).ThenBy(matter => matter.Unit)
            .Take(Most).ToListAsync(cancellationToken);

        if (lines.Count == 0)
        {
            return [];
        }

        // Only for those few, whom they suggest.
        var categories = lines.Select(line => line.Category).Distinct().ToList();
        var suggested = (await objections.Where(objection => objection.Suggested != null && categories.Contains(objection.Category))
                .GroupBy(objection => new { objection.Category, objection.Unit, objection.Suggested })
                .Select(group => new { group.Key.Category, group.Key.Unit, group.Key.Suggested, Count = group.Count() }).ToListAsync(cancellationToken))
            .ToLookup(row => (row.Category, row.Unit));
        return
        [
            .. lines.Select(line => new ObjectionLine(
                line.Category, line.Unit, line.Raised, line.Upheld,
                suggested[(line.Category, line.Unit)].OrderByDescending(row => row.Count).ThenBy(row => row.Suggested!.Value.Value, StringComparer.Ordinal).FirstOrDefault()?.Suggested)),
        ];
    }
}
