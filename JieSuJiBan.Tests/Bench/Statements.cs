using System.Collections.Concurrent;
using System.Data.Common;
using JieSuJiBan.Tests.Support;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace JieSuJiBan.Tests.Bench;

/// <summary>What the database was asked while a page was made, how long its first answer took at most, and how SQLite meant to find it.</summary>
internal sealed class Statements : DbCommandInterceptor
{
    private const double Worth = 10;

    private readonly ConcurrentDictionary<string, (double Took, string Plan)> _asked = [];

    public bool IsListening { get; set; }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        var took = eventData.Duration.TotalMilliseconds;
        if (IsListening && took > Worth)
        {
            _asked.AddOrUpdate(command.CommandText, _ => (took, string.Join('\n', QueryPlan.Of(command).Select(step => $"  {step}"))), (_, known) => (Math.Max(took, known.Took), known.Plan));
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>The slowest first; afterwards none are known.</summary>
    public IReadOnlyList<string> Take()
    {
        var slowest = _asked.OrderByDescending(one => one.Value.Took).Take(5).Select(one => FormattableString.Invariant($"{one.Value.Took:0} ms\n{one.Key}\n{one.Value.Plan}")).ToList();
        _asked.Clear();
        return slowest;
    }
}
