using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Log;

/// <summary>The person, and the unit at that time: both are written into the entry and stay as they were.</summary>
public sealed record ActorStamp
{
    public required string UserId { get; init; }
    public required string Name { get; init; }
    public required OrgPath Unit { get; init; }
    public required string UnitName { get; init; }
    public required Role Role { get; init; }

    /// <summary>The same person once more, for what follows elsewhere from this entry.</summary>
    public Actor ToActor(DateTimeOffset at) => new(UserId, Name, Unit, UnitName, Role, at);

    public static ActorStamp Of(Actor actor) =>
        new() { UserId = actor.UserId, Name = actor.Name, Unit = actor.Unit, UnitName = actor.UnitName, Role = actor.Role };
}

/// <summary>One line of a stream's log. Written once, never updated or deleted; a mistake is corrected by a later entry.</summary>
public sealed class LogEntry
{
    /// <summary>Bytes in a SHA-256.</summary>
    public const int HashLength = 32;

    private LogEvent? _event;

    private LogEntry() { }  // for EF

    public LogEntry(Guid stream, Guid? caseId, int sequence, DateTimeOffset at, Actor by, LogEvent happened, string? key, byte[] previousHash)
    {
        (Stream, CaseId, Sequence, At, By, Key) = (stream, caseId, sequence, at, ActorStamp.Of(by), key);
        (Type, Body, _event) = (EventText.Name(happened), EventText.Write(happened), happened);
        Hash = ComputeHash(previousHash);
    }

    /// <summary>The case or whistle whose log this is.</summary>
    public Guid Stream { get; private init; }

    /// <summary>The case it belongs to; none for a whistle that was blown for a task without a case.</summary>
    public Guid? CaseId { get; private init; }

    /// <summary>1, 2, 3 … without gaps within a stream.</summary>
    public int Sequence { get; private init; }

    /// <summary>UTC, whole milliseconds: every database keeps those exactly.</summary>
    public DateTimeOffset At { get; private init; }

    public ActorStamp By { get; private init; } = null!;

    /// <summary>The stored name of the event.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The event's own text, byte for byte as it was hashed.</summary>
    public string Body { get; private init; } = "";

    /// <summary>Chosen by the sender so that sending the same thing twice records it once.</summary>
    public string? Key { get; private init; }

    /// <summary>SHA-256 over the previous entry's hash and the canonical bytes of this one.</summary>
    public byte[] Hash { get; private init; } = [];

    public LogEvent Event => _event ??= EventText.Read(Type, Body);

    /// <summary>
    /// Every stored field takes part, each as a four-byte length and its UTF-8, so that no two different entries share bytes.
    /// </summary>
    public byte[] ComputeHash(byte[] previousHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousHash);

        Span<byte> length = stackalloc byte[4];
        foreach (var field in CanonicalFields())
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private string[] CanonicalFields() =>
    [
        "1",  // the version of this list
        Stream.ToString(),
        CaseId?.ToString() ?? "",
        Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
        At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        By.UserId,
        By.Name,
        By.Unit.Value,
        By.UnitName,
        By.Role.ToString(),
        Type,
        Body,
        Key ?? "",
    ];
}
