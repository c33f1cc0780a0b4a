using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Supervision;

/// <summary>
/// Asks the index over <see cref="OrderWords"/> what somebody is looking for among the orders that he may see, as
/// <see cref="CaseSearch"/> does for cases. It only leads to orders; <see cref="Sight"/> and the list's filters are asked of each again.
/// </summary>
internal static class OrderSearch
{
    /// <summary>The orders that fit, the newest first, no more of them than anyone would leaf through and one.</summary>
    public static async Task<IReadOnlyList<Guid>> FindAsync(PortalDbContext db, Actor by, SupervisionFilter filter, CancellationToken cancellationToken)
    {
        if (Question(by, filter) is not { } question)
        {
            return [];
        }

        const int Most = ListPage<OrderLine>.MaxTotal + 1;
        return await db.Database.SqlQuery<Guid>($"""
            SELECT w."OrderId" AS "Value"
            FROM (SELECT rowid AS "No" FROM "OrderSearch" WHERE "OrderSearch" MATCH {question} ORDER BY rowid DESC LIMIT {Most}) AS f
            CROSS JOIN "OrderWords" AS "w" INDEXED BY "IX_OrderWords_No_OrderId" ON w."No" = f."No"
            ORDER BY f."No" DESC
            """).ToListAsync(cancellationToken);
    }

    /// <summary>The orders with these ids, each by its key.</summary>
    public static IQueryable<SupervisionOrder> OrdersAmong(this PortalDbContext db, IEnumerable<Guid> ids)
    {
        var list = CaseSearch.ListOf(ids);
        return db.SupervisionOrders
            .FromSql($"""SELECT o.* FROM json_each({list}) AS h CROSS JOIN "SupervisionOrders" AS "o" INDEXED BY "sqlite_autoindex_SupervisionOrders_1" ON o."Id" = h.value""")
            .AsNoTracking();
    }

    /// <summary>The question in the words of the index; nothing if it can have no answer.</summary>
    private static string? Question(Actor by, SupervisionFilter filter)
    {
        var wanted = SearchText.Asked(filter.Search ?? "").ToList();
        if (wanted.Count == 0 || SightOf(by) is not { } sight)
        {
            return null;
        }

        wanted.Add(sight);
        if (filter.Scope != SupervisionFilter.All)
        {
            wanted.Add(OrderWords.Open);
        }

        if (filter.Kind is { } kind)
        {
            wanted.Add(OrderWords.Kind(kind));
        }

        if (filter.Unit is { Length: > 0 } unit)
        {
            wanted.Add(OrderWords.Addressee(new OrgPath(unit)));
        }

        var all = string.Join(" AND ", wanted.Select(SearchText.Quoted));
        return by.Role == Role.Archivist ? $"({all}) NOT {SearchText.Quoted(OrderWords.Open)}" : all;
    }

    private static string? SightOf(Actor by) =>
        by.Role.OverseesDistrict() || by.Role == Role.Archivist ? OrderWords.District(by.Unit.District)
        : by.Role.HandlesCases() ? OrderWords.Part(by.Unit)
        : null;
}
