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
        var (from, until, district) = (Midnight(span.Month.AddMonths(-2)), Midnight(span.Until), scope.District);
        var (isWhole, unit) = (scope.IsDistrict, scope.Path);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var objections = await db.Set<DispatchObjection>().AsNoTracking()
            .Where(objection => objection.District == district && objection.RaisedAt >= from && objection.RaisedAt < until && !objection.IsReport)
            .Where(objection => isWhole || objection.Unit == unit)
            .GroupBy(row => new { row.Category, row.Unit, row.State, row.Suggested })
            .Select(group => new { group.Key.Category, group.Key.Unit, group.Key.State, group.Key.Suggested, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. objections.GroupBy(row => (row.Category, row.Unit))
                .Select(matter => new ObjectionLine(
                    matter.Key.Category, matter.Key.Unit, matter.Sum(row => row.Count), matter.Where(row => row.State == ObjectionState.Upheld).Sum(row => row.Count),
                    matter.Where(row => row.Suggested is not null).GroupBy(row => row.Suggested).OrderByDescending(unit => unit.Sum(row => row.Count)).FirstOrDefault()?.Key))
                .OrderByDescending(line => line.Upheld).ThenByDescending(line => line.Raised).ThenBy(line => line.Category, StringComparer.Ordinal).Take(Most),
        ];
    }

    private static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, WorkCalendar.Beijing).ToUniversalTime();
}
