using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Supervision;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>Makes cases and orders findable that are older than the search is, and all of them anew.</summary>
public sealed class SearchKeeper(IDbContextFactory<PortalDbContext> databases)
{
    private const int AtOnce = 1000;

    // The names under which it is kept that none is missing: every one that came later was made findable when it was opened.
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
        var wrong = await WriteCasesAsync(isOnlyMissing: false, cancellationToken) + await WriteOrdersAsync(isOnlyMissing: false, cancellationToken);
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

    private async Task FillAsync(string filled, Func<bool, CancellationToken, Task<int>> write, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Counters.AnyAsync(counter => counter.Name == filled, cancellationToken))
        {
            await write(true, cancellationToken);
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({filled}, 1) ON CONFLICT ("Name") DO NOTHING""", cancellationToken);
        }
    }

    private Task<int> WriteCasesAsync(bool isOnlyMissing, CancellationToken cancellationToken) =>
        WriteAllAsync(db => CaseDesk.WithParts(db.Cases.AsNoTracking()), CaseWords.Of, isOnlyMissing, cancellationToken);

    private Task<int> WriteOrdersAsync(bool isOnlyMissing, CancellationToken cancellationToken) =>
        WriteAllAsync(db => SupervisionDesk.WithParts(db.SupervisionOrders.AsNoTracking()), OrderWords.Of, isOnlyMissing, cancellationToken);

    private async Task<int> WriteAllAsync<TStream, TWords>(
        Func<PortalDbContext, IQueryable<TStream>> all, Func<TStream, TWords> wordsOf, bool isOnlyMissing, CancellationToken cancellationToken)
        where TStream : Aggregate
        where TWords : SearchWords
    {
        var wrong = 0;
        for (var last = Guid.Empty; ;)
        {
            // One transaction for what is read and what is written of it, or somebody's change in between would be lost.
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var ids = await all(db).Where(one => one.Id.CompareTo(last) > 0 && !(isOnlyMissing && db.Set<TWords>().Any(words => words.Stream == one.Id)))
                .OrderBy(one => one.Id).Select(one => one.Id).Take(AtOnce).ToListAsync(cancellationToken);
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
