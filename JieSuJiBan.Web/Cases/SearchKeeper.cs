using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Supervision;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace JieSuJiBan.Web.Cases;

/// <summary>Makes cases and orders findable that are older than the search is, and all of them anew.</summary>
public sealed partial class SearchKeeper(IDbContextFactory<PortalDbContext> databases, ILogger<SearchKeeper> logger)
{
    private const int AtOnce = 400;

    // Rises when they are found by other words than before: then all are read again.
    private const long CasesForm = 3, OrdersForm = 2;

    // The names under which it is kept in which form all of them are findable: every one that came later was made so when it was opened.
    private const string CasesFilled = "search-filled", OrdersFilled = "order-search-filled";

    /// <summary>Writes what they are found by, unless it is written so already. The answer is how many were not as they should be.</summary>
    public async Task<int> FillAsync(CancellationToken cancellationToken = default) =>
        await FillAsync(CasesFilled, CasesForm, "CaseSearch", WriteCasesAsync, cancellationToken) + await FillAsync(OrdersFilled, OrdersForm, "OrderSearch", WriteOrdersAsync, cancellationToken);

    /// <summary>
    /// Reads every case and order again, and builds the indexes from nothing. The portal must be stopped: until the indexes are built,
    /// what changes beside it would be found by neither its old nor its new words. The answer is how many were not as they should be.
    /// </summary>
    public async Task<int> RebuildAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Counters.Where(counter => counter.Name == CasesFilled || counter.Name == OrdersFilled).ExecuteDeleteAsync(cancellationToken);
        return await FillAsync(cancellationToken);
    }

    /// <summary>The indexes from what the cases and orders are found by, in one piece each.</summary>
    internal static async Task BuildAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await BuildAsync(db, "CaseSearch", cancellationToken);
        await BuildAsync(db, "OrderSearch", cancellationToken);
    }

    private static async Task BuildAsync(PortalDbContext db, string index, CancellationToken cancellationToken)
    {
        // Only names of this class stand in it.
#pragma warning disable EF1002
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "{index}" ("{index}", "rank") VALUES ('hashsize', 67108864);
            INSERT INTO "{index}" ("{index}") VALUES ('rebuild');
            INSERT INTO "{index}" ("{index}") VALUES ('optimize');
            INSERT INTO "{index}" ("{index}", "rank") VALUES ('hashsize', 1048576);
            """,
            cancellationToken);
#pragma warning restore EF1002
    }

    private async Task<int> FillAsync(string filled, long form, string index, Func<CancellationToken, Task<int>> write, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Counters.AnyAsync(counter => counter.Name == filled && counter.Value >= form, cancellationToken))
        {
            return 0;
        }

        LogBegun(index);
        await db.Counters.Where(counter => counter.Name == filled).ExecuteDeleteAsync(cancellationToken);  // nor does a program of an older form take it for done
        var written = await write(cancellationToken);
        await BuildAsync(db, index, cancellationToken);  // always: whoever began before and was broken off has written rows that the index lacks
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({filled}, {form}) ON CONFLICT ("Name") DO UPDATE SET "Value" = excluded."Value" """, cancellationToken);
        LogDone(index, written);
        return written;
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

            // Two ends are given to the database faster than all the ids between them.
            var (before, end) = (last, ids[^1]);
            var known = await db.Set<TWords>().Where(words => words.Stream.CompareTo(before) > 0 && words.Stream.CompareTo(end) <= 0).ToDictionaryAsync(words => words.Stream, cancellationToken);
            foreach (var one in await all(db).Where(one => one.Id.CompareTo(before) > 0 && one.Id.CompareTo(end) <= 0).OrderBy(one => one.Id).ToListAsync(cancellationToken))
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

            await SaveBesideIndexAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            last = end;
        }
    }

    // The index would follow each row, far more slowly than it is built in one piece afterwards.
    private static async Task SaveBesideIndexAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var connection = ((SqliteConnection)db.Database.GetDbConnection()).Handle;
        raw.sqlite3_db_config(connection, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, out _);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            raw.sqlite3_db_config(connection, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, out _);
        }
    }

    [LoggerMessage(LogLevel.Information, "What {Index} finds is written anew; with a million it takes minutes.")]
    private partial void LogBegun(string index);

    [LoggerMessage(LogLevel.Information, "What {Index} finds is written; {Written} were not as they should be.")]
    private partial void LogDone(string index, int written);
}
