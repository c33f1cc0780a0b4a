using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace JieSuJiBan.Web.Webhooks;

internal sealed record UnitName(string Path, string Name);

/// <summary>What a receiver gets to read. Who wants to know more asks the interface for it, with his key.</summary>
/// <param name="Event">The stored name of what happened.</param>
/// <param name="Id">The case or whistle.</param>
/// <param name="Sequence">The entry's place in its log, 1, 2, 3 …: what comes twice or late is known by it.</param>
/// <param name="Status">How the case or whistle stands now.</param>
/// <param name="Unit">Who owns the case, or blew the whistle.</param>
/// <param name="CaseNumber">The case a whistle was blown from.</param>
internal sealed record Message(string Event, DateTimeOffset At, Guid? Id, int? Sequence, string? Number, string? Status, UnitName? Unit, string? CaseNumber)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static Message Ping(DateTimeOffset at) => new(WebhookEvents.Ping, at, null, null, null, null, null, null);

    public Delivery For(Guid webhook) => new() { WebhookId = webhook, Event = Event, At = At, Body = JsonSerializer.Serialize(this, s_json) };
}
