using System.Collections.Concurrent;
using System.Data.Common;
using JieSuJiBan.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Tests.Bench;

/// <summary>What the database was asked while a page was made, how long its answer took at most, and how SQLite meant to find it.</summary>
internal sealed class Statements : DbCommandInterceptor
{
    private const double Worth = 5;

    private readonly ConcurrentDictionary<string, (double Took, string Plan)> _asked = [];
    private readonly ConcurrentDictionary<Guid, TimeSpan> _begun = [];

    public bool IsListening { get; set; }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (IsListening)
        {
            _begun[eventData.CommandId] = eventData.Duration;
        }

        return ValueTask.FromResult(result);
    }

    // The first row is looked for when the question is put, the others as they are read.
    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        var took = _begun.TryRemove(eventData.CommandId, out var first) ? (first + eventData.Duration).TotalMilliseconds : 0;
        if (IsListening && took > Worth)
        {
            _asked.AddOrUpdate(command.CommandText, _ => (took, string.Join('\n', QueryPlan.Of(command).Select(step => $"  {step}"))), (_, known) => (Math.Max(took, known.Took), known.Plan));
        }

        return result;
    }

    /// <summary>The slowest first; afterwards none are known.</summary>
    public IReadOnlyList<string> Take()
    {
        var slowest = _asked.OrderByDescending(one => one.Value.Took).Take(5).Select(one => FormattableString.Invariant($"{one.Value.Took:0} ms\n{one.Key}\n{one.Value.Plan}")).ToList();
        _asked.Clear();
        return slowest;
    }
}
