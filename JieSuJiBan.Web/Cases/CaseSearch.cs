using System.Text.Json;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>
/// Asks the index over <see cref="CaseWords"/>: what somebody is looking for, what he may see and what his list shows are one question,
/// the newest answer first. The index only leads to cases; <see cref="Sight"/> is asked of each of them again.
/// </summary>
internal static class CaseSearch
{
    /// <summary>
    /// A page of the cases that fit, and how many fit, counted no further than anyone would leaf: of more, the newest. Only narrow indexes
    /// are walked; of the cases themselves nothing is read.
    /// </summary>
    public static async Task<(IReadOnlyList<Guid> Ids, int Total)> FindAsync(
        PortalDbContext db, Actor by, CaseFilter filter, int before, int size, CancellationToken cancellationToken)
    {
        if (Question(by, filter, by.Role.OverseesDistrict() && await IsOnlyDistrictAsync(db, by.Unit.District, cancellationToken)) is not { } question)
        {
            return ([], 0);
        }

        const int Most = ListPage<CaseLine>.MaxTotal + 1;
        var found = await (filter.Sort == CaseFilter.ByNewest
            ? db.Database.SqlQuery<FoundCase>($"""
                SELECT w."CaseId" AS "Id", COUNT(*) OVER () AS "Total"
                FROM (SELECT rowid AS "No" FROM "CaseSearch" WHERE "CaseSearch" MATCH {question} ORDER BY rowid DESC LIMIT {Most}) AS f
                CROSS JOIN "CaseWords" AS w INDEXED BY "IX_CaseWords_No_CaseId" ON w."No" = f."No"
                ORDER BY w."CaseId" DESC LIMIT {size} OFFSET {before}
                """)
            : db.Database.SqlQuery<FoundCase>($"""
                SELECT w."CaseId" AS "Id", COUNT(*) OVER () AS "Total"
                FROM (SELECT rowid AS "No" FROM "CaseSearch" WHERE "CaseSearch" MATCH {question} ORDER BY rowid DESC LIMIT {Most}) AS f
                CROSS JOIN "CaseWords" AS w INDEXED BY "IX_CaseWords_No_CaseId" ON w."No" = f."No"
                CROSS JOIN "Cases" AS c INDEXED BY "IX_Cases_Found" ON c."Id" = w."CaseId"
                ORDER BY c."DueAt", c."Id" LIMIT {size} OFFSET {before}
                """)).ToListAsync(cancellationToken);
        return found.Count == 0 && before > 0
            ? ([], (await FindAsync(db, by, filter, 0, 1, cancellationToken)).Total)  // beyond the last page
            : ([.. found.Select(row => row.Id)], found.Count == 0 ? 0 : found[0].Total);
    }

    /// <summary>
    /// The cases with these ids, each by its key. A CROSS JOIN is walked in the order in which it is written, and without being told which
    /// index to take SQLite would walk a whole district for each of them.
    /// </summary>
    public static IQueryable<CaseFile> Among(this PortalDbContext db, IEnumerable<Guid> ids)
    {
        var list = ListOf(ids);
        return db.Cases.FromSql($"""SELECT c.* FROM json_each({list}) AS h CROSS JOIN "Cases" AS c INDEXED BY "sqlite_autoindex_Cases_1" ON c."Id" = h.value""").AsNoTracking();
    }

    internal static string ListOf(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(id => id.ToString().ToUpperInvariant()));

    /// <summary>The question in the words of the index; nothing if it can have no answer. Each word stands in quotation marks and has none in it.</summary>
    private static string? Question(Actor by, CaseFilter filter, bool seesAll)
    {
        if (SightOf(by) is not { } sight)
        {
            return null;
        }

        var (wanted, own) = (new List<string>(), Sight.Upwards(by.Unit).ConvertAll(CaseWords.Reported));
        if (filter.Search is { Length: > 0 } search)
        {
            wanted.AddRange(SearchText.Asked(search));
            if (wanted.Count == 0)
            {
                return null;
            }
        }

        wanted.AddRange(filter.Scope switch
        {
            CaseFilter.All or CaseFilter.ProactiveAll => [],
            CaseFilter.Overdue => [CaseWords.Open, CaseWords.Late],
            CaseFilter.Mine => [CaseWords.Open, CaseWords.Lead(by.Unit)],
            _ => new[] { CaseWords.Open },
        });
        wanted.AddRange((filter.IsPool, filter.Status) switch
        {
            (true, { } status) => [CaseWords.InPool(status)],
            (true, null) => [CaseWords.Proactive],
            (false, { } status) => new[] { CaseWords.Status(status) },
            _ => [],
        });

        if (filter.Street is { Length: > 0 } street)
        {
            wanted.Add(CaseWords.Home(new OrgPath(street)));
        }

        // A district that is alone has its mark on every case: all of them would be gone through, and nothing learnt.
        var terms = wanted.ConvertAll(SearchText.Quoted);
        if (terms.Count == 0 || !seesAll)
        {
            terms.Add(sight);
        }

        var all = string.Join(" AND ", terms);
        return own.Count == 0 ? all : $"({all}) NOT ({string.Join(" OR ", own.Select(SearchText.Quoted))})";
    }

    private static Task<bool> IsOnlyDistrictAsync(PortalDbContext db, OrgPath district, CancellationToken cancellationToken) => db.Database.SqlQuery<bool>($"""
        SELECT NOT EXISTS (SELECT 1 FROM "Cases" WHERE "District" < {district.Value}) AND NOT EXISTS (SELECT 1 FROM "Cases" WHERE "District" > {district.Value}) AS "Value"
        """).SingleAsync(cancellationToken);

    private static string? SightOf(Actor by) =>
        by.Role.OverseesDistrict() ? SearchText.Quoted(CaseWords.District(by.Unit.District))
        : by.Role == Role.Archivist ? $"{SearchText.Quoted(CaseWords.District(by.Unit.District))} AND ({SearchText.Quoted(CaseWords.Status(CaseStatus.Closed))} OR {SearchText.Quoted(CaseWords.Status(CaseStatus.Archived))})"
        : by.Role.HandlesCases() ? SearchText.Quoted(CaseWords.Part(by.Unit))
        : null;

    private sealed record FoundCase(Guid Id, int Total);
}
