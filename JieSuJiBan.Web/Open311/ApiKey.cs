using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Open311;

/// <summary>
/// What another system shows to be let in, and for which district. The secret itself is shown once and never kept; a revoked key
/// stays, because the cases it brought name it.
/// </summary>
public sealed class ApiKey
{
    public const int MaxName = 50;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What the log calls the system, e.g. 随手拍小程序.</summary>
    public required string Name { get; init; }

    public required OrgPath District { get; init; }

    /// <summary>The part of the key that may be seen; the key is found by it.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key. It is random enough for that to need no salt.</summary>
    public required byte[] Hash { get; set; }

    public required string CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The day, not the moment: that is enough to find keys which nobody uses.</summary>
    public DateOnly? LastUsedOn { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public Actor ToActor() => Actor.System(Id, Name, District);

    /// <summary>The number a demand bears here that the system itself called <paramref name="theirs"/>: two systems may use the same one.</summary>
    public string SourceNumber(string theirs) => $"{Id.ToString("N")[^8..]}:{theirs}";
}
