namespace JieSuJiBan.Web.Notices;

/// <summary>A browser that wants to be told, where its push service listens, and the keys that only it can open.</summary>
public sealed class PushSubscription
{
    public const int MaxEndpoint = 1000, PublicKeyLength = 65, AuthLength = 16;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string UserId { get; set; }
    public required string Endpoint { get; init; }

    /// <summary>The browser's point on P-256, uncompressed.</summary>
    public required byte[] PublicKey { get; set; }

    public required byte[] Auth { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}
