using System.Collections.Immutable;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Whistles;

/// <summary>What everybody in a room looks at: the whistle as it stands and the end of its log. Shared, and never changed in place.</summary>
public sealed record RoomState(Whistle Whistle, ImmutableArray<LogEntry> Tail)
{
    public int Sequence => Tail.IsEmpty ? 0 : Tail[^1].Sequence;

    /// <summary>The entries after a sequence, as far back as the tail goes.</summary>
    public IEnumerable<LogEntry> After(int sequence) => Tail.SkipWhile(entry => entry.Sequence <= sequence);
}

/// <summary>
/// The rooms somebody on this node is looking at. However many look, a wake-up is one read: the new entries, and the whistle itself
/// if more than talk was added.
/// </summary>
public sealed class Rooms(IDbContextFactory<PortalDbContext> databases, LogBook log, Feed feed)
{
    private readonly Dictionary<Guid, Room> _rooms = [];

    /// <summary>Takes a seat: the state now, and a call whenever it has grown. No seat for somebody who may not see the whistle.</summary>
    public async Task<RoomSeat?> EnterAsync(Guid id, Actor by, Func<Task> onGrown)
    {
        Room? room;
        lock (_rooms)
        {
            if (!_rooms.TryGetValue(id, out room))
            {
                room = new Room(this, id);
                _rooms[id] = room;
            }

            room.Guests++;
        }

        // Subscribed before the first read, or an entry written in between would be missed.
        var seat = room.Add(onGrown);
        try
        {
            await room.RefreshAsync();
        }
        catch
        {
            seat.Dispose();
            throw;
        }

        if (room.State is { } state && by.CanSee(state.Whistle))
        {
            return seat;
        }

        seat.Dispose();
        return null;
    }

    /// <summary>Entries that this node has just saved: a room that lacks only these need not read them back.</summary>
    public void Offer(Guid id, IReadOnlyList<LogEntry> saved)
    {
        lock (_rooms)
        {
            _rooms.GetValueOrDefault(id)?.Offer(saved);
        }
    }

    private async Task<RoomState?> ReadAsync(Guid id, RoomState? known, IReadOnlyList<LogEntry> offered)
    {
        var entries = new List<LogEntry>();
        if (known is not null && offered.Count > 0 && offered[0].Sequence == known.Sequence + 1)
        {
            entries.AddRange(offered);
        }
        else if (known is null)
        {
            entries.AddRange(await log.ReadBeforeAsync(id, int.MaxValue, Room.TailLength));
        }
        else
        {
            IReadOnlyList<LogEntry> page;
            do
            {
                page = await log.ReadAfterAsync(id, entries.Count > 0 ? entries[^1].Sequence : known.Sequence);
                entries.AddRange(page);
            }
            while (page.Count == LogBook.Page);
        }

        if (entries.Count == 0)
        {
            return known;
        }

        var whistle = known is not null && entries.TrueForAll(entry => entry.Event is MessagePosted) ? known.Whistle : await ReadWhistleAsync(id);
        var tail = known is null ? [] : known.Tail;
        tail = tail.AddRange(entries);
        return new RoomState(whistle, tail.Length > Room.TailLength * 2 ? tail[^Room.TailLength..] : tail);
    }

    private async Task<Whistle> ReadWhistleAsync(Guid id)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await WhistleDesk.WithParts(db.Whistles.AsNoTracking()).SingleAsync(whistle => whistle.Id == id);
    }

    private void Leave(Room room)
    {
        lock (_rooms)
        {
            if (--room.Guests == 0)
            {
                _rooms.Remove(room.Id);
                room.Dispose();
            }
        }
    }

    internal sealed class Room : IDisposable
    {
        public const int TailLength = 200;

        private readonly Rooms _rooms;
        private readonly IDisposable _subscription;
        private readonly SemaphoreSlim _reading = new(1);
        private ImmutableHashSet<RoomSeat> _seats = [];
        private ImmutableArray<LogEntry> _offered = [];
        private int _waiting;

        public Room(Rooms rooms, Guid id)
        {
            (_rooms, Id) = (rooms, id);
            _subscription = rooms.Feed.Subscribe(Topic.Whistle(id), WakeAsync);
        }

        public Guid Id { get; }

        public int Guests { get; set; }

        public RoomState? State { get; private set; }

        public RoomSeat Add(Func<Task> onGrown)
        {
            var seat = new RoomSeat(this, onGrown);
            ImmutableInterlocked.Update(ref _seats, seats => seats.Add(seat));
            return seat;
        }

        public void Remove(RoomSeat seat)
        {
            ImmutableInterlocked.Update(ref _seats, seats => seats.Remove(seat));
            _rooms.Leave(this);
        }

        // What was left by an earlier offer is kept as far as it joins on; a gap is for the log to fill.
        public void Offer(IReadOnlyList<LogEntry> saved) => ImmutableInterlocked.Update(
            ref _offered, static (kept, saved) => kept.IsEmpty || kept[^1].Sequence + 1 != saved[0].Sequence ? [.. saved] : kept.AddRange(saved), saved);

        public async Task RefreshAsync()
        {
            await _reading.WaitAsync();
            Volatile.Write(ref _waiting, 0);
            try
            {
                State = await _rooms.ReadAsync(Id, State, ImmutableInterlocked.InterlockedExchange(ref _offered, []));
            }
            finally
            {
                _reading.Release();
            }
        }

        public void Dispose() => _subscription.Dispose();

        // Whoever is woken while another waits to read leaves it to him: he will see both.
        private async Task WakeAsync()
        {
            if (Interlocked.Exchange(ref _waiting, 1) == 1)
            {
                return;
            }

            await RefreshAsync();
            await Task.WhenAll(_seats.Select(seat => seat.OnGrown()));
        }
    }

    private Feed Feed => feed;
}

/// <summary>A place in a room. Giving it up twice does no harm.</summary>
public sealed class RoomSeat : IDisposable
{
    private readonly Rooms.Room _room;
    private int _left;

    internal RoomSeat(Rooms.Room room, Func<Task> onGrown) => (_room, OnGrown) = (room, onGrown);

    public RoomState State => _room.State!;

    internal Func<Task> OnGrown { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            _room.Remove(this);
        }
    }
}
