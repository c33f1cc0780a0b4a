using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>Makes cases and orders findable that are older than the search is, and all of them anew.</summary>
public sealed class SearchKeeper(IDbContextFactory<PortalDbContext> databases)
{
    private const int AtOnce = 1000;

    // Rises when they are found by other words than before: then all are read again.
    private const long Form = 2;

    // The names under which it is kept in which form all of them are findable: every one that came later was made so when it was opened.
    private const string CasesFilled = "search-filled", OrdersFilled = "order-search-filled";

    public async Task FillAsync(CancellationToken cancellationToken = default)
    {
        await FillAsync(CasesFilled, WriteCasesAsync, cancellationToken);
        await FillAsync(OrdersFilled, WriteOrdersAsync, cancellationToken);
    }

    /// <summary>
    /// Reads every case and order again, and builds the indexes from nothing. While it builds, nobody else can write: with many cases
    /// let the portal stand. The answer is how many were not as they should be.
    /// </summary>
    public async Task<int> RebuildAsync(CancellationToken cancellationToken = default)
    {
        var wrong = await WriteCasesAsync(cancellationToken) + await WriteOrdersAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await BuildAsync(db, cancellationToken);
        return wrong;
    }

    /// <summary>The indexes from what the cases and orders are found by, in one piece each.</summary>
    internal static async Task BuildAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        foreach (var sql in s_builds)
        {
            await db.Database.ExecuteSqlRawAsync(sql, cancellationToken);
        }
    }

    private static readonly IReadOnlyList<string> s_builds = [.. new[] { "CaseSearch", "OrderSearch" }.Select(index =>
        $"""
        INSERT INTO "{index}" ("{index}", "rank") VALUES ('hashsize', 67108864);
        INSERT INTO "{index}" ("{index}") VALUES ('rebuild');
        INSERT INTO "{index}" ("{index}") VALUES ('optimize');
        INSERT INTO "{index}" ("{index}", "rank") VALUES ('hashsize', 1048576);
        """)];

    private async Task FillAsync(string filled, Func<CancellationToken, Task<int>> write, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Counters.AnyAsync(counter => counter.Name == filled && counter.Value >= Form, cancellationToken))
        {
            if (await write(cancellationToken) > 0)
            {
                await BuildAsync(db, cancellationToken);  // what was written one by one lies scattered
            }

            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({filled}, {Form}) ON CONFLICT ("Name") DO UPDATE SET "Value" = excluded."Value" """, cancellationToken);
        }
    }

    private Task<int> WriteCasesAsync(CancellationToken cancellationToken) =>
        WriteAllAsync(db => CaseDesk.WithParts(db.Cases.AsNoTracking()), CaseWords.Of, cancellationToken);

    private Task<int> WriteOrdersAsync(CancellationToken cancellationToken) =>
        WriteAllAsync(db => SupervisionDesk.WithParts(db.SupervisionOrders.AsNoTracking()), OrderWords.Of, cancellationToken);

    private async Task<int> WriteAllAsync<TStream, TWords>(
        Func<PortalDbContext, IQueryable<TStream>> all, Func<TStream, TWords> wordsOf, CancellationToken cancellationToken)
        where TStream : Aggregate
        where TWords : SearchWords
    {
        var wrong = 0;
        for (var last = Guid.Empty; ;)
        {
            // One transaction for what is read and what is written of it, or somebody's change in between would be lost.
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var ids = await all(db).Where(one => one.Id.CompareTo(last) > 0).OrderBy(one => one.Id).Select(one => one.Id).Take(AtOnce).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return wrong;
            }

            var known = await db.Set<TWords>().Where(words => ids.Contains(words.Stream)).ToDictionaryAsync(words => words.Stream, cancellationToken);
            foreach (var one in await all(db).Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(cancellationToken))
            {
                var words = wordsOf(one);
                if (!known.TryGetValue(one.Id, out var row))
                {
                    db.Add(words);
                    wrong++;
                }
                else if (row.Words != words.Words)
                {
                    row.Words = words.Words;
                    wrong++;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            last = ids[^1];
        }
    }
}
