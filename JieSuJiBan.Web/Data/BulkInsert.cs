using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace JieSuJiBan.Web.Data;

/// <summary>
/// Writes many rows with one prepared statement each table, as the model maps them. EF's own way takes most of a millisecond a case,
/// which a hundred thousand of them cannot wait for. What is written is not tracked.
/// </summary>
internal static class BulkInsert
{
    /// <summary>Within the transaction of <paramref name="db"/>; each with the parts that belong to it.</summary>
    public static Task InsertManyAsync<T>(this PortalDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken = default)
        where T : class => db.InsertManyAsync(rows, "", cancellationToken);

    /// <param name="onConflict">What is done about a row that is there already: a clause that speaks of no input.</param>
    public static async Task InsertManyAsync<T>(this PortalDbContext db, IReadOnlyCollection<T> rows, string onConflict, CancellationToken cancellationToken = default)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var type = db.Model.FindEntityType(typeof(T))!;
        await InsertAsync(db, type, rows, onConflict, cancellationToken);
        foreach (var parts in type.GetNavigations().Where(navigation => navigation.IsCollection))
        {
            await InsertAsync(db, parts.TargetEntityType, rows.SelectMany(row => (IEnumerable<object>)parts.PropertyInfo!.GetValue(row)!), "", cancellationToken);
        }
    }

    /// <summary>What has been added to <paramref name="db"/> so far; it is not tracked any longer.</summary>
    public static async Task InsertAddedAsync(this PortalDbContext db, CancellationToken cancellationToken = default)
    {
        foreach (var added in db.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added).GroupBy(entry => entry.Metadata).ToList())
        {
            await InsertAsync(db, added.Key, added.Select(entry => entry.Entity), "", cancellationToken);
            foreach (var entry in added.ToList())
            {
                entry.State = EntityState.Detached;
            }
        }
    }

    private static async Task InsertAsync(PortalDbContext db, IEntityType type, IEnumerable<object> rows, string onConflict, CancellationToken cancellationToken)
    {
        var columns = Columns(type).ToList();
        var names = db.GetService<ISqlGenerationHelper>();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"""
            INSERT INTO {names.DelimitIdentifier(type.GetTableName()!)} ({string.Join(", ", columns.Select(column => names.DelimitIdentifier(column.Name)))})
            VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))}) {onConflict}
            """;

        var isPrepared = false;
        foreach (var row in rows)
        {
            for (var at = 0; at < columns.Count; at++)
            {
                var value = columns[at].Read(row);
                if (!isPrepared)
                {
                    command.Parameters.Add(columns[at].Mapping.CreateParameter(command, $"@p{at}", value, columns[at].IsNullable));
                }
                else
                {
                    var stored = value is not null && columns[at].Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
                    command.Parameters[at].Value = stored ?? DBNull.Value;
                }
            }

            if (!isPrepared)
            {
                await command.PrepareAsync(cancellationToken);
                isPrepared = true;
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static IEnumerable<Column> Columns(IEntityType type)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        // A number that the database gives stays its own affair.
        foreach (var property in type.GetProperties().Where(property => !(property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long))))
        {
            var getter = property.GetGetter();
            yield return new Column(property.GetColumnName(table)!, property.GetRelationalTypeMapping(), property.IsNullable, getter.GetClrValue);
        }

        foreach (var part in type.GetComplexProperties())
        {
            var whole = part.GetGetter();
            foreach (var property in part.ComplexType.GetProperties())
            {
                var getter = property.PropertyInfo!;
                yield return new Column(property.GetColumnName(table)!, property.GetRelationalTypeMapping(), property.IsNullable, row => getter.GetValue(whole.GetClrValue(row)));
            }
        }
    }

    private sealed record Column(string Name, RelationalTypeMapping Mapping, bool IsNullable, Func<object, object?> Read);
}
