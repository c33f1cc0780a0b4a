using System.Security.Claims;
using System.Text.Json;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Log;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace JieSuJiBan.Web.Whistles;

public interface IWhistleClient
{
    /// <summary>New entries, in order. A gap before the first one is closed with <see cref="WhistleHub.CatchUp"/>.</summary>
    Task Grown(Guid whistle, IReadOnlyList<EntryView> entries);

    /// <summary>The right to see this whistle has ended.</summary>
    Task Closed(Guid whistle);
}

/// <summary>A log entry as clients outside the portal see it.</summary>
public sealed record EntryView(int Sequence, DateTimeOffset At, string Name, string Unit, string UnitName, string Type, JsonElement Event)
{
    public static EntryView Of(LogEntry entry) => new(
        entry.Sequence, entry.At, entry.By.Name, entry.By.Unit.Value, entry.By.UnitName, entry.Type, JsonSerializer.Deserialize<JsonElement>(entry.Body));
}

/// <param name="Sequence">The last sequence among the entries, or the one asked from.</param>
/// <param name="HasMore">There are more entries: ask again from <paramref name="Sequence"/>.</param>
/// <param name="Entries">In order, without gaps.</param>
public sealed record CatchUpPage(int Sequence, bool HasMore, IReadOnlyList<EntryView> Entries);

/// <summary>Said and saved, or why not.</summary>
public sealed record PostAnswer(bool Done, string? Code, string? Chinese, string? English)
{
    public static PostAnswer Of(Outcome outcome) =>
        new(outcome.IsDone, outcome.Refusal?.Code, outcome.Refusal?.Chinese, outcome.Refusal?.English);
}

/// <summary>
/// The room's feed for clients that are not Blazor pages: watch, catch up from a sequence, post. Pages live on this side of the wire
/// and ask the room directly.
/// </summary>
[Authorize(Policy = Access.Policies.HandleCases)]
public sealed class WhistleHub(WhistleDesk desk, LogBook log, HubRooms rooms, PostBook posts, TimeProvider time) : Hub<IWhistleClient>
{
    private const string NoSuchWhistle = "There is no such whistle.";

    /// <summary>Starts the flow of <see cref="IWhistleClient.Grown"/> and answers with what came after a sequence.</summary>
    public async Task<CatchUpPage> Watch(Guid whistle, int after)
    {
        // Watching before reading: what is written in between arrives twice rather than never, and the sequence tells.
        if (!await rooms.WatchAsync(whistle, Context.ConnectionId, Context.User!, Me(), Context.ConnectionAborted))
        {
            throw new HubException(NoSuchWhistle);
        }

        return await ReadAsync(whistle, after);
    }

    public async Task<CatchUpPage> CatchUp(Guid whistle, int after)
    {
        if (await desk.FindAsync(whistle, Me(), Context.ConnectionAborted) is null)
        {
            throw new HubException(NoSuchWhistle);
        }

        return await ReadAsync(whistle, after);
    }

    /// <summary>Posts a message. <paramref name="key"/> is the client's own: sending again with the same key posts once.</summary>
    public async Task<PostAnswer> Post(Guid whistle, string key, string text)
    {
        if (key is not { Length: > 0 and <= 60 } || text is null)
        {
            throw new HubException("A message needs a key of 1 to 60 characters and a text.");
        }

        var me = Me();
        var outcome = await desk.DoAsync(whistle, me, room => room.Post(text, null, null, me, time.GetUtcNow(), $"{me.UserId}:{key}"));
        return outcome.Refusal == WhistleDesk.Unknown ? throw new HubException(NoSuchWhistle) : PostAnswer.Of(outcome);
    }

    public void Unwatch(Guid whistle) => rooms.Leave(whistle, Context.ConnectionId);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        rooms.LeaveAll(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    // A post that has ended since the connection was made ends here too.
    private Actor Me() => posts.Find(Context.User ?? new ClaimsPrincipal()) ?? throw new HubException(NoSuchWhistle);

    private async Task<CatchUpPage> ReadAsync(Guid whistle, int after)
    {
        var entries = await log.ReadAfterAsync(whistle, Math.Max(0, after), LogBook.Page, Context.ConnectionAborted);
        return new CatchUpPage(entries.Count > 0 ? entries[^1].Sequence : after, entries.Count == LogBook.Page, [.. entries.Select(EntryView.Of)]);
    }
}
