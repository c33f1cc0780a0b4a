using System.Diagnostics;
using JieSuJiBan.Web.Data;
using Microsoft.Data.Sqlite;

namespace JieSuJiBan.Tests.Bench;

/// <summary>The limit of the disk: one writer, one row of a log entry's size a transaction, each synced before the next, nothing else.</summary>
internal static class RawInserts
{
    /// <summary>Milliseconds of each insert.</summary>
    public static IReadOnlyList<double> Run(string folder, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        connection.Open();
        Execute(connection, SqlitePragmas.Sql);
        Execute(connection, "CREATE TABLE Log (Stream TEXT NOT NULL, Sequence INTEGER NOT NULL, Hash BLOB NOT NULL, Body TEXT NOT NULL, PRIMARY KEY (Stream, Sequence))");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Log VALUES ($stream, $sequence, $hash, $body)";
        insert.Parameters.AddWithValue("$stream", Guid.Empty.ToString());
        var sequence = insert.Parameters.AddWithValue("$sequence", 0);
        insert.Parameters.AddWithValue("$hash", new byte[32]);
        insert.Parameters.AddWithValue("$body", new string('哨', 150));

        var took = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            sequence.Value = row;
            var started = Stopwatch.GetTimestamp();
            insert.ExecuteNonQuery();
            took[row] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return took;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
