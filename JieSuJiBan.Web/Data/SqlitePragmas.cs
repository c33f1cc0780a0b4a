using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Web.Data;

/// <summary>
/// What every SQLite connection of the portal is opened with: write-ahead log, enforced foreign keys, patience with another writer,
/// and FULL synchronisation, so that what was acknowledged survives a crash of the machine.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Sql = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
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
