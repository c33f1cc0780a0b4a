using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace JieSuJiBan.Web.Data;

/// <summary>
/// What every SQLite connection of the portal is opened with: write-ahead log, enforced foreign keys, patience with another writer,
/// and FULL synchronisation, so that what was acknowledged survives a crash of the machine. Each may hold 64 MB of the file, all of
/// them together 512 MB: with a hundred of them open a large database would otherwise fill the memory.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Sql = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -65536; PRAGMA soft_heap_limit = 536870912; PRAGMA wal_autocheckpoint = 16000;";

    // A pool hands out the same connections again, and they remember.
    private static readonly ConditionalWeakTable<sqlite3, object> s_prepared = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        // EF looks whether there is a database over a connection that may not write, and a copy made for safekeeping has no write-ahead log yet.
        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly
            || !s_prepared.TryAdd(((SqliteConnection)connection).Handle!, Sql))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
