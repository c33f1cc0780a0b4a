using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Supervision;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Seed;

/// <summary>What is written of one day, ready to be written.</summary>
internal sealed record SeedRows(
    SeedDay Day, IReadOnlyList<PetitionerRow> Petitioners, IReadOnlyList<CaseWords> Words, IReadOnlyList<OrderWords> OrderWords, IReadOnlyList<Triage> Triages);

/// <summary>
/// Writes an invented year into a database that holds no case yet: without a journal, if nobody else has it open, and with most
/// indexes built at the end, since each row would otherwise be put into some forty places of a large file. If it is broken off, the
/// file is worth nothing.
/// </summary>
internal sealed class SeedWriter(PortalDbContext db)
{
    private const int Busy = 5;

    private static readonly string[] s_large = ["Cases", "CaseParties", "Triage", "Petitioners", "SupervisionOrders", "SupervisionParties", "DispatchObjections", "CaseWords", "OrderWords"];

    private readonly List<(string Kind, string Name, string Sql)> _dropped = [];

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await TryWithoutJournalAsync(cancellationToken);
        await RunAsync("PRAGMA synchronous = OFF", cancellationToken);
        await RunAsync("PRAGMA foreign_keys = OFF", cancellationToken);
        await RunAsync("PRAGMA cache_size = -400000", cancellationToken);
        await RunAsync("PRAGMA temp_store = MEMORY", cancellationToken);
        await using (var command = db.Database.GetDbConnection().CreateCommand())
        {
            command.CommandText = $"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({string.Join(", ", s_large.Select(table => $"'{table}'"))}) ORDER BY name";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                _dropped.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        foreach (var (kind, name, _) in _dropped)
        {
            await RunAsync($"DROP {kind} \"{name}\"", cancellationToken);
        }
    }

    public async Task WriteAsync(SeedRows rows, CancellationToken cancellationToken)
    {
        var day = rows.Day;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await InsertAsync([.. day.Cases.Select(one => one.File)], cancellationToken);
        await InsertAsync([.. day.Lives.SelectMany(one => one.Life.Whistles)], cancellationToken);
        await InsertAsync([.. day.Lives.SelectMany(one => one.Life.Orders.All)], cancellationToken);
        await InsertAsync(day.Crowds, cancellationToken);
        await db.InsertManyAsync(rows.Petitioners, cancellationToken);
        await db.InsertManyAsync(rows.Words, cancellationToken);
        await db.InsertManyAsync(rows.OrderWords, cancellationToken);
        await db.InsertManyAsync(rows.Triages, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The indexes again, and the database as the portal keeps it.</summary>
    public async Task FinishAsync(Action<int, int> tell, CancellationToken cancellationToken)
    {
        foreach (var ((_, _, sql), at) in _dropped.Select((dropped, at) => (dropped, at)))
        {
            tell(at, _dropped.Count);
            await RunAsync(sql, cancellationToken);
        }

        // What the triggers would have counted.
        await RunAsync("""INSERT INTO "RepeatCallers" ("Trace", "Cases") SELECT "Trace", COUNT(*) FROM "Petitioners" WHERE "Trace" IS NOT NULL GROUP BY "Trace" """, cancellationToken);
        await DispatchDay.RebuildAsync(db, cancellationToken);
        await SearchKeeper.BuildAsync(db, cancellationToken);
        await RunAsync("PRAGMA cache_size = -65536", cancellationToken);
        await RunAsync(SqlitePragmas.Sql, cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    private async Task TryWithoutJournalAsync(CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = ("PRAGMA journal_mode = OFF", 1);  // seconds: else it is tried for half a minute
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Busy)
        {
            // Somebody else has it open: then with one.
        }
    }

    private async Task InsertAsync<TAggregate>(IReadOnlyList<TAggregate> aggregates, CancellationToken cancellationToken)
        where TAggregate : Aggregate
    {
        await db.InsertManyAsync(aggregates, cancellationToken);
        await db.InsertManyAsync([.. aggregates.SelectMany(aggregate => aggregate.Unsaved)], cancellationToken);
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
