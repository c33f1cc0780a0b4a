using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Firms;

/// <summary>A number of a firm's month; each opens its cases.</summary>
public enum FirmFigure
{
    [Domain.Word("被诉")] Cases,
    [Domain.Word("已回访")] Rated,
    [Domain.Word("已解决")] Solved,
    [Domain.Word("重复")] Repeated,
}

public sealed record FirmCase(Guid Id, string Number, string Title, string Subject, OrgPath Home, CaseStatus Status, DateTimeOffset RaisedAt, bool? Solved, int Joined, int Redone);

/// <summary>
/// Counts a district's cases by the firm they are about, from an index that holds all that is counted. Names that the register knows
/// as one firm's are added up. Reports (举报) name no firm, so none is in it. What is solved the petitioners say when they are called back,
/// neither whoever found it nor the hotline.
/// </summary>
public sealed class FirmMonths(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<FirmCounts>> ReadAsync(OrgPath district, Month month, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var aliases = (await AliasesAsync(db, district, cancellationToken)).ToDictionary(alias => alias.AliasKey);
        var now = await CountAsync(db, district, month, cancellationToken);
        var before = (await HowManyAsync(db, district, month.Plus(-1), cancellationToken)).GroupBy(row => Known(row.Key)).ToDictionary(group => group.Key, group => group.Sum(row => row.Cases));
        return
        [
            .. now.GroupBy(row => Known(row.Key))
                .Select(group => new FirmCounts(
                    group.Key, group.Select(row => aliases.GetValueOrDefault(row.Key)?.Name).FirstOrDefault(name => name is not null) ?? group.MaxBy(row => row.Cases)!.Name,
                    group.Sum(row => row.Cases), group.Sum(row => row.Rated), group.Sum(row => row.Solved), group.Sum(row => row.Repeated), before.GetValueOrDefault(group.Key)))
                .OrderByDescending(firm => firm.Cases).ThenBy(firm => firm.Key, StringComparer.Ordinal),
        ];

        string Known(string key) => aliases.TryGetValue(key, out var alias) ? alias.Key : key;
    }

    public async Task<IReadOnlyList<FirmAlias>> AliasesAsync(OrgPath district, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await AliasesAsync(db, district, cancellationToken);
    }

    /// <summary>The cases behind a number, as far as the reader may see them.</summary>
    public async Task<ListPage<FirmCase>> CasesAsync(Actor by, string key, Month month, FirmFigure figure, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (district, from, until) = (by.Unit.District, month.From, month.Until);
        var keys = FirmRegister.KeysOf(await AliasesAsync(db, district, cancellationToken), key).ToList();
        var cases = db.Cases.AsNoTracking().Where(Sight.Cases(by))
            .Where(file => file.District == district && file.SubjectKey != null && keys.Contains(file.SubjectKey) && file.RaisedAt >= from && file.RaisedAt < until && !file.IsExcluded);
        cases = figure switch
        {
            FirmFigure.Rated => cases.Where(file => file.CalledBackAt != null),
            FirmFigure.Solved => cases.Where(file => file.CalledBackAt != null && file.Solved == true),
            FirmFigure.Repeated => cases.Where(file => file.JoinedCount > 0 || file.RedoneCount > 0),
            _ => cases,
        };
        var total = await cases.Take(ListPage<FirmCase>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await cases.OrderBy(file => file.RaisedAt).ThenBy(file => file.Id)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<FirmCase>.Size).Take(ListPage<FirmCase>.Size)
            .Select(file => new FirmCase(file.Id, file.Number, file.Title, file.SubjectComplainedOf!, file.Home, file.Status, file.RaisedAt, file.Solved, file.JoinedCount, file.RedoneCount))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<FirmCase>.MaxTotal), total > ListPage<FirmCase>.MaxTotal);
    }

    private static async Task<IReadOnlyList<FirmAlias>> AliasesAsync(PortalDbContext db, OrgPath district, CancellationToken cancellationToken) =>
        (await db.FirmRegisters.AsNoTracking().SingleOrDefaultAsync(register => register.District == district, cancellationToken))?.Aliases ?? [];

    private static Task<List<FirmCounts>> CountAsync(PortalDbContext db, OrgPath district, Month month, CancellationToken cancellationToken) =>
        Of(db, district, month).GroupBy(file => file.SubjectKey!)
            .Select(group => new FirmCounts(
                group.Key, group.Max(file => file.SubjectComplainedOf)!, group.Count(), group.Count(file => file.CalledBackAt != null), group.Count(file => file.CalledBackAt != null && file.Solved == true),
                group.Count(file => file.JoinedCount > 0 || file.RedoneCount > 0), 0))
            .ToListAsync(cancellationToken);

    // The month before is compared by its number of cases only: sorting the names and the other counts along would take as long again.
    private static async Task<IReadOnlyList<(string Key, int Cases)>> HowManyAsync(PortalDbContext db, OrgPath district, Month month, CancellationToken cancellationToken) =>
        [.. (await Of(db, district, month).GroupBy(file => file.SubjectKey!).Select(group => new { group.Key, Cases = group.Count() }).ToListAsync(cancellationToken)).Select(row => (row.Key, row.Cases))];

    private static IQueryable<CaseFile> Of(PortalDbContext db, OrgPath district, Month month)
    {
        var (from, until) = (month.From, month.Until);
        return db.Cases.AsNoTracking()
            .Where(file => file.District == district && file.RaisedAt >= from && file.RaisedAt < until && file.SubjectKey != null && !file.IsExcluded);
    }
}
