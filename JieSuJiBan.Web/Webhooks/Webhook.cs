using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>Another system that is told of a district's events, and where it listens.</summary>
public sealed class Webhook
{
    public const int MaxName = 50, MaxUrl = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public required OrgPath District { get; init; }
    public required Uri Url { get; set; }

    /// <summary>Stored names of events, or all of a kind: case.closed, whistle.*.</summary>
    public required List<string> Events { get; set; }

    /// <summary>What its messages are signed with, under Data Protection.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>Switched off, it gets nothing new, and what waits for it goes on waiting.</summary>
    public bool IsActive { get; set; } = true;

    public required string CreatedBy { get; init; }
    public required string CreatedByName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After a failure: not before this.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>One node at a time sends to it, so that the order stays; this is how long its turn lasts at most.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up; an administrator may send it again.</summary>
    Dead,
}

/// <summary>Why a message was not taken.</summary>
public enum DeliveryFault
{
    /// <summary>The receiver answered with something else than 2xx.</summary>
    Refused,
    Timeout,
    Unreachable,

    /// <summary>The host is, or resolves to, an address that the portal does not call.</summary>
    ForbiddenAddress,
}

/// <summary>One message to one receiver. Written with the log entry it tells of, in the same transaction.</summary>
public sealed class Delivery
{
    /// <summary>The order in which a receiver gets its messages.</summary>
    public long No { get; init; }

    /// <summary>The same for every try, so that a receiver knows a message it has had.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    public required Guid WebhookId { get; init; }
    public required string Event { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }

    public DeliveryState State { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset? TriedAt { get; set; }
    public DeliveryFault? Fault { get; set; }

    /// <summary>The HTTP status of the last try, if there was an answer.</summary>
    public int? Status { get; set; }
}
