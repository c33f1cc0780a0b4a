using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Log;

/// <summary>A thing with a life and a log: every change is an event, and the row is what the events add up to.</summary>
public abstract class Aggregate
{
    private readonly List<LogEntry> _unsaved = [];

    public Guid Id { get; protected set; }

    /// <summary>The sequence of the last log entry; also the concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>The hash of the last log entry.</summary>
    public byte[] Head { get; private set; } = new byte[LogEntry.HashLength];

    public IReadOnlyList<LogEntry> Unsaved => _unsaved;

    protected abstract Guid? LogCaseId { get; }

    public void MarkSaved() => _unsaved.Clear();

    public static TAggregate Replay<TAggregate>(TAggregate blank, IEnumerable<LogEntry> log)
        where TAggregate : Aggregate
    {
        foreach (var entry in log)
        {
            blank.Advance(entry);
        }

        return blank;
    }

    protected void Record(LogEvent happened, Actor by, DateTimeOffset now, string? key = null)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var entry = new LogEntry(Id, LogCaseId, Version + 1, at, by, happened, key ?? FirstOf(by), Head);
        Advance(entry);
        _unsaved.Add(entry);
    }

    /// <summary>The only place where state changes, so a replayed log and the saved row cannot disagree.</summary>
    protected abstract void Apply(LogEntry entry);

    // One form may bring several entries: the first of them stands for it.
    private string? FirstOf(Actor by) => by.FormKey is { } key && !_unsaved.Exists(entry => entry.Key == key) ? key : null;

    private void Advance(LogEntry entry)
    {
        Id = entry.Stream;
        Apply(entry);
        (Version, Head) = (entry.Sequence, entry.Hash);
    }
}
