namespace JieSuJiBan.Web.PublicDoor;

/// <summary>
/// Makes whoever guesses codes wait, number by number: after five wrong ones a minute, then two, up to a quarter of an hour. His
/// household is counted and nobody else's: numbers are easily guessed, and no stranger may shut people out of their own cases.
/// Numbers that do not exist are counted like those that do, so a lock tells nothing; and as they are counted in a table of fixed
/// size, nobody fills the memory with them. Two that share a place share its waiting.
/// </summary>
public sealed class FollowLock(TimeProvider time)
{
    private const int Places = 1 << 16, FreeTries = 5;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15), s_forgotten = TimeSpan.FromHours(1);

    private readonly (int Failures, DateTimeOffset Last)[] _places = new (int, DateTimeOffset)[Places];
    private readonly Lock _lock = new();

    public bool IsLocked(string tried)
    {
        lock (_lock)
        {
            var (failures, last) = _places[PlaceOf(tried)];
            return time.GetUtcNow() < last + WaitAfter(failures);
        }
    }

    public void Failed(string tried)
    {
        lock (_lock)
        {
            ref var place = ref _places[PlaceOf(tried)];
            var now = time.GetUtcNow();
            place = (now - place.Last > s_forgotten ? 1 : place.Failures + 1, now);
        }
    }

    public void Opened(string tried)
    {
        lock (_lock)
        {
            _places[PlaceOf(tried)] = default;
        }
    }

    private static TimeSpan WaitAfter(int failures) => failures < FreeTries ? TimeSpan.Zero
        : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, failures - FreeTries), s_longest.TotalMinutes));

    // Its seed changes with every start, so that nobody can look for a neighbour of somebody else's.
    private static int PlaceOf(string tried) => (int)((uint)tried.GetHashCode(StringComparison.Ordinal) % Places);
}
