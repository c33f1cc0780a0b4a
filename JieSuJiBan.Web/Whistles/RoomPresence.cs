using System.Collections.Immutable;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Whistles;

/// <summary>Somebody who has a room open right now. Away: the page is open, but not in front of him.</summary>
public sealed record Guest(string UserId, string Name, OrgPath Unit, string UnitName, bool IsAway);

/// <summary>
/// Who is in which room, in this node's memory. It carries no rule and no evidence; the log has that. A page shows that it is alive
/// by answering the server's beat; one that does not answer is gone. Changes are told as one digest, not as N² joins.
/// </summary>
public sealed class RoomPresence
{
    /// <summary>Joins and leaves within this time are told together.</summary>
    private static readonly TimeSpan s_digest = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<Guid, Board> _boards = [];

    public IReadOnlyList<Guest> In(Guid whistle)
    {
        lock (_boards)
        {
            return _boards.TryGetValue(whistle, out var board) ? board.Guests : [];
        }
    }

    /// <summary>Is told, at most every few hundred milliseconds, that somebody came or went.</summary>
    public IDisposable Watch(Guid whistle, Func<Task> onChanged)
    {
        lock (_boards)
        {
            return BoardOf(whistle).Watch(onChanged);
        }
    }

    /// <summary>A page of somebody's is here; the same person may have several.</summary>
    public void Seen(Guid whistle, object page, Guest guest)
    {
        lock (_boards)
        {
            BoardOf(whistle).Set(page, guest);
        }
    }

    public void Gone(Guid whistle, object page)
    {
        lock (_boards)
        {
            if (_boards.TryGetValue(whistle, out var board) && board.Remove(page))
            {
                _boards.Remove(whistle);
            }
        }
    }

    // Only under the lock: a board that is taken down must not be written on by somebody who has just found it.
    private Board BoardOf(Guid whistle)
    {
        if (!_boards.TryGetValue(whistle, out var board))
        {
            _boards[whistle] = board = new Board();
        }

        return board;
    }

    private sealed class Board
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<object, Guest> _pages = new(ReferenceEqualityComparer.Instance);
        private ImmutableList<Func<Task>> _watchers = [];
        private bool _isTelling;

        public IReadOnlyList<Guest> Guests { get; private set; } = [];

        public void Set(object page, Guest guest)
        {
            lock (_lock)
            {
                if (!_pages.TryGetValue(page, out var known) || known != guest)
                {
                    _pages[page] = guest;
                    Changed();
                }
            }
        }

        public bool Remove(object page)
        {
            lock (_lock)
            {
                if (_pages.Remove(page))
                {
                    Changed();
                }

                return _pages.Count == 0 && _watchers.IsEmpty;
            }
        }

        public IDisposable Watch(Func<Task> onChanged)
        {
            lock (_lock)
            {
                _watchers = _watchers.Add(onChanged);
            }

            return new Watching(this, onChanged);
        }

        private void Changed()
        {
            // One line a person: here on any page counts as here.
            Guests = [.. _pages.Values.GroupBy(guest => (guest.UserId, guest.Unit)).Select(pages => pages.OrderBy(guest => guest.IsAway).First())];
            if (!_isTelling)
            {
                _isTelling = true;
                _ = TellAsync();
            }
        }

        private async Task TellAsync()
        {
            await Task.Delay(s_digest);
            ImmutableList<Func<Task>> watchers;
            lock (_lock)
            {
                _isTelling = false;
                watchers = _watchers;
            }

            await Task.WhenAll(watchers.Select(watcher => watcher()));
        }

        private sealed class Watching(Board board, Func<Task> onChanged) : IDisposable
        {
            public void Dispose()
            {
                lock (board._lock)
                {
                    board._watchers = board._watchers.Remove(onChanged);
                }
            }
        }
    }
}
