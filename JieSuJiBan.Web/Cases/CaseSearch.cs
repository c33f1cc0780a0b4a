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
    private const int MostWords = 8, MostSigns = 60;

    /// <summary>The cases that fit, the newest first, no more of them than anyone would leaf through and one.</summary>
    public static async Task<IReadOnlyList<Guid>> FindAsync(PortalDbContext db, Actor by, CaseFilter filter, CancellationToken cancellationToken)
    {
        if (Question(by, filter) is not { } question)
        {
            return [];
        }

        const int Most = ListPage<CaseLine>.MaxTotal + 1;
        return await db.Database.SqlQuery<Guid>($"""
            SELECT w."CaseId" AS "Value"
            FROM (SELECT rowid AS "No" FROM "CaseSearch" WHERE "CaseSearch" MATCH {question} ORDER BY rowid DESC LIMIT {Most}) AS f
            CROSS JOIN "CaseWords" AS w ON w."No" = f."No"
            ORDER BY f."No" DESC
            """).ToListAsync(cancellationToken);
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

    /// <summary>The same, where only what a list filters and sorts by is asked of them: that stands side by side in an index of its own.</summary>
    public static IQueryable<CaseFile> Found(this PortalDbContext db, IEnumerable<Guid> ids)
    {
        var list = ListOf(ids);
        return db.Cases.FromSql($"""SELECT c.* FROM json_each({list}) AS h CROSS JOIN "Cases" AS c INDEXED BY "IX_Cases_Found" ON c."Id" = h.value""").AsNoTracking();
    }

    private static string ListOf(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(id => id.ToString().ToUpperInvariant()));

    /// <summary>The question in the words of the index; nothing if it can have no answer. Each word stands in quotation marks and has none in it.</summary>
    internal static string? Question(Actor by, CaseFilter filter)
    {
        if (SightOf(by) is not { } sight)
        {
            return null;
        }

        var (wanted, own) = (new List<string>(), Sight.Upwards(by.Unit).ConvertAll(CaseWords.Reported));
        if (filter.Search is { Length: > 0 } search)
        {
            wanted.AddRange(Words(search));
            if (wanted.Count == 0)
            {
                return null;
            }
        }

        wanted.AddRange(filter.Scope switch
        {
            CaseFilter.All => [],
            CaseFilter.Overdue => [CaseWords.Open, CaseWords.Late],
            CaseFilter.Mine => [CaseWords.Open, CaseWords.Lead(by.Unit)],
            CaseFilter.Proactive => [CaseWords.Open, CaseWords.Proactive],
            CaseFilter.ProactiveAll => [CaseWords.Proactive],
            _ => new[] { CaseWords.Open },
        });
        if (filter.Status is { } status)
        {
            wanted.Add(CaseWords.Status(status));
        }

        if (filter.Street is { Length: > 0 } street)
        {
            wanted.Add(CaseWords.Home(new OrgPath(street)));
        }

        var all = string.Join(" AND ", wanted.Select(Quoted).Append(sight));
        return own.Count == 0 ? all : $"({all}) NOT ({string.Join(" OR ", own.Select(Quoted))})";
    }

    private static string? SightOf(Actor by) =>
        by.Role.OverseesDistrict() ? Quoted(CaseWords.District(by.Unit.District))
        : by.Role == Role.Archivist ? $"{Quoted(CaseWords.District(by.Unit.District))} AND ({Quoted(CaseWords.Status(CaseStatus.Closed))} OR {Quoted(CaseWords.Status(CaseStatus.Archived))})"
        : by.Role.HandlesCases() ? Quoted(CaseWords.Part(by.Unit))
        : null;

    // A run of several signs is their pairs, one after another; a single sign is itself.
    private static IEnumerable<string> Words(string search) => SearchText.Runs(search.Length > MostSigns ? search[..MostSigns] : search)
        .Take(MostWords)
        .Select(run => run.Count == 1 ? run[0] : string.Join(' ', SearchText.Pairs(run)));

    private static string Quoted(string words) => $"\"{words}\"";
}
