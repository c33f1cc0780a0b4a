namespace JieSuJiBan.Web.PublicDoor;

/// <summary>
/// Makes whoever guesses codes wait, number by number: after five wrong ones a minute, then two, up to a quarter of an hour. Numbers
/// that do not exist are counted like those that do, so a lock tells nothing; and as they are counted in a table of fixed size,
/// nobody fills the memory with them. Two numbers that share a place share its waiting.
/// </summary>
public sealed class FollowLock(TimeProvider time)
{
    private const int Places = 1 << 16, FreeTries = 5;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15), s_forgotten = TimeSpan.FromHours(1);

    private readonly (int Failures, DateTimeOffset Last)[] _places = new (int, DateTimeOffset)[Places];
    private readonly Lock _lock = new();

    public bool IsLocked(string number)
    {
        lock (_lock)
        {
            var (failures, last) = _places[PlaceOf(number)];
            return time.GetUtcNow() < last + WaitAfter(failures);
        }
    }

    public void Failed(string number)
    {
        lock (_lock)
        {
            ref var place = ref _places[PlaceOf(number)];
            var now = time.GetUtcNow();
            place = (now - place.Last > s_forgotten ? 1 : place.Failures + 1, now);
        }
    }

    public void Opened(string number)
    {
        lock (_lock)
        {
            _places[PlaceOf(number)] = default;
        }
    }

    private static TimeSpan WaitAfter(int failures) => failures < FreeTries ? TimeSpan.Zero
        : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - FreeTries), s_longest.TotalMinutes));

    // Its seed changes with every start, so that nobody can look for a neighbour of somebody's number.
    private static int PlaceOf(string number) => (int)((uint)number.GetHashCode(StringComparison.Ordinal) % Places);
}
