using System.Security.Claims;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Accounts;
using Microsoft.AspNetCore.SignalR;

namespace JieSuJiBan.Web.Whistles;

/// <summary>Who watches which room over the hub. One seat a room serves them all, and each push asks for each of them again whether he may.</summary>
public sealed class HubRooms(Rooms rooms, PostBook posts, IHubContext<WhistleHub, IWhistleClient> hub)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Watch> _watches = [];

    public async Task<bool> WatchAsync(Guid whistle, string connection, ClaimsPrincipal user, Actor by, CancellationToken aborted)
    {
        var mine = new Watch();
        if (await rooms.EnterAsync(whistle, by, () => PushAsync(whistle)) is not { } seat)
        {
            return false;
        }

        lock (_lock)
        {
            if (_watches.TryGetValue(whistle, out var watch))
            {
                seat.Dispose();
            }
            else
            {
                watch = mine;
                (watch.Seat, watch.Sent) = (seat, seat.State.Sequence);
                _watches[whistle] = watch;
            }

            watch.Connections[connection] = user;
        }

        // It may have left, or been lost, while it was being let in: in the group it would hear on without being asked for its rights.
        await hub.Groups.AddToGroupAsync(connection, Group(whistle), CancellationToken.None);
        if (aborted.IsCancellationRequested)
        {
            Leave(whistle, connection);
        }

        bool isListed;
        lock (_lock)
        {
            isListed = _watches.TryGetValue(whistle, out var watch) && watch.Connections.ContainsKey(connection);
        }

        if (!isListed)
        {
            await hub.Groups.RemoveFromGroupAsync(connection, Group(whistle), CancellationToken.None);
        }

        return isListed;
    }

    public void Leave(Guid whistle, string connection)
    {
        _ = hub.Groups.RemoveFromGroupAsync(connection, Group(whistle));
        lock (_lock)
        {
            if (_watches.TryGetValue(whistle, out var watch) && watch.Connections.Remove(connection) && watch.Connections.Count == 0)
            {
                _watches.Remove(whistle);
                watch.Seat!.Dispose();
            }
        }
    }

    public void LeaveAll(string connection)
    {
        Guid[] all;
        lock (_lock)
        {
            all = [.. _watches.Where(watch => watch.Value.Connections.ContainsKey(connection)).Select(watch => watch.Key)];
        }

        foreach (var whistle in all)
        {
            Leave(whistle, connection);
        }
    }

    // Sends begin under the lock, so that no connection gets a later entry first; nobody waits for a slow one to take his.
    private Task PushAsync(Guid whistle)
    {
        List<string> closed = [];
        lock (_lock)
        {
            if (!_watches.TryGetValue(whistle, out var watch))
            {
                return Task.CompletedTask;
            }

            var state = watch.Seat!.State;
            EntryView[] entries = [.. state.After(watch.Sent).Select(EntryView.Of)];
            watch.Sent = state.Sequence;
            closed.AddRange(watch.Connections.Where(known => posts.Find(known.Value) is not { } actor || !actor.CanSee(state.Whistle)).Select(known => known.Key));
            if (entries.Length > 0)
            {
                _ = hub.Clients.GroupExcept(Group(whistle), closed).Grown(whistle, entries);
            }
        }

        foreach (var connection in closed)
        {
            Leave(whistle, connection);
            _ = hub.Clients.Client(connection).Closed(whistle);
        }

        return Task.CompletedTask;
    }

    private static string Group(Guid whistle) => whistle.ToString();

    private sealed class Watch
    {
        public RoomSeat? Seat { get; set; }

        /// <summary>The last sequence that has been pushed.</summary>
        public int Sent { get; set; }

        public Dictionary<string, ClaimsPrincipal> Connections { get; } = [];
    }
}
