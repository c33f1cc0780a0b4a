namespace JieSuJiBan.Domain.Log;

/// <summary>Walks one stream's entries in order and says where the chain first breaks.</summary>
public sealed class Chain(Guid stream)
{
    public Guid Stream { get; } = stream;

    public int Length { get; private set; }

    public byte[] Head { get; private set; } = new byte[LogEntry.HashLength];

    /// <summary>Adds the next entry. The answer is why it does not fit, or nothing.</summary>
    public string? Add(LogEntry entry)
    {
        if (entry.Sequence != Length + 1)
        {
            return $"entry {Length + 1} is missing";
        }

        if (!entry.ComputeHash(Head).AsSpan().SequenceEqual(entry.Hash))
        {
            return $"entry {entry.Sequence} is not what was written";
        }

        (Length, Head) = (entry.Sequence, entry.Hash);
        return null;
    }

    /// <summary>Compares the end of the chain with what the row says it should be: a cut tail leaves the chain itself sound.</summary>
    public string? EndsAt(int version, byte[] head) =>
        version != Length ? $"the row stands at entry {version}, the log ends at {Length}"
        : !head.AsSpan().SequenceEqual(Head) ? $"the row's head hash is not that of entry {Length}"
        : null;
}
