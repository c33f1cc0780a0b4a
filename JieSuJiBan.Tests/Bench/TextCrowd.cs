using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>Demands of several people about one thing, however differently they put it.</summary>
internal sealed class TextCrowd
{
    private const int MostRuns = 3000, RunsOfFirst = 200;

    private readonly List<Guid> _members = [];
    private readonly HashSet<string> _people = [];
    private readonly Dictionary<ulong, string> _names = [];

    // Most demands stay alone, and are kept small.
    private (ulong Run, float Weight, bool InSubject)[] _first = [];
    private Dictionary<ulong, Said>? _runs;
    private double _norm;

    public IReadOnlyList<Guid> Members => _members;

    /// <summary>How many different people: one who writes ten times is no crowd.</summary>
    public int People => _people.Count;

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>What its members share by name, the most common first: an estate, a road, a firm.</summary>
    public IReadOnlyList<string> Names => _runs is null ? [] : CrowdNames.Join(_names.Select(name => (name.Value, _runs[name.Key].Members)));

    /// <summary>What its members say: how much weight each run has, in how many members and in how many subjects it stands.</summary>
    private Dictionary<ulong, Said> Runs => _runs ?? _first.ToDictionary(run => run.Run, run => new Said(run.Weight, 1, run.InSubject ? 1 : 0));

    internal void Join(CrowdText text, Guid key, string who, DateTimeOffset at)
    {
        _members.Add(key);
        _people.Add(who);
        LastAt = at > LastAt ? at : LastAt;
        if (_members.Count == 1)
        {
            _first = [.. text.Heaviest(RunsOfFirst).Select(run => (run.Key, run.Value, text.Subject.Contains(run.Key)))];
            _norm = Math.Sqrt(_first.Sum(run => (double)run.Weight * run.Weight));
            return;
        }

        _runs ??= Runs;
        _first = [];
        foreach (var (run, weight) in text.Weights)
        {
            var said = _runs.GetValueOrDefault(run);
            _runs[run] = new Said(said.Weight + weight, said.Members + 1, said.Subjects + (text.Subject.Contains(run) ? 1 : 0));
        }

        foreach (var (run, name) in text.Names)
        {
            _names[run] = name;
        }

        Thin();
        _norm = Math.Sqrt(_runs.Values.Sum(run => (double)run.Weight * run.Weight));
    }

    /// <summary>
    /// How well a text fits: its likeness to all that was said here, if it shares a name with it, and besides the name also the matter;
    /// otherwise zero.
    /// </summary>
    internal double FitOf(CrowdText text)
    {
        const double LeastLikeness = 0.14, LeastMatter = 0.03, MatterOfNewSubject = 0.075, KnownSubject = 0.4;
        var runs = Runs;
        var shared = text.Names.Where(name => runs.TryGetValue(name.Key, out var here) && IsShared(here, text.Subject.Contains(name.Key))).ToList();
        if (shared.Count == 0)
        {
            return 0;
        }

        var ofNames = shared.SelectMany(name => Words.Cut(name.Value, 4).Keys).ToHashSet();
        var (all, matter) = (0.0, 0.0);
        foreach (var (run, weight) in text.Weights)
        {
            if (runs.TryGetValue(run, out var here))
            {
                all += weight * here.Weight;
                matter += IsTelling(run, here.Members, text) && !ofNames.Contains(run) ? weight * here.Weight : 0;
            }
        }

        (all, matter) = (all / _norm, matter / _norm);
        var known = text.SubjectWeights.Sum(run => runs.ContainsKey(run.Key) ? run.Value : 0) / Math.Max(1e-6, text.SubjectWeights.Values.Sum());
        return all >= LeastLikeness && matter >= LeastMatter && (matter >= MatterOfNewSubject || known >= KnownSubject) ? all : 0;
    }

    // A name binds when many members have it, and many of them in their subject.
    private bool IsShared(Said name, bool inSubject) =>
        name.Members >= Math.Max(1, 0.4 * _members.Count) && name.Subjects + (inSubject ? 1 : 0) >= 0.3 * (_members.Count + 1);

    // What everybody else says as well is nothing that these have in common.
    private static bool IsTelling(ulong run, int members, CrowdText text) => text.SeenOf(run) <= Math.Max(8, 4 * members);

    private void Thin()
    {
        if (_runs!.Count > MostRuns)
        {
            foreach (var (run, _) in _runs.OrderBy(run => run.Value.Weight).ThenBy(run => run.Key).Take(_runs.Count - (MostRuns / 2)).ToList())
            {
                _runs.Remove(run);
                _names.Remove(run);
            }
        }
    }

    private readonly record struct Said(float Weight, int Members, int Subjects);
}

/// <summary>Joins the four-character pieces of names that overlap: 伊景园滨, 景园滨河, 园滨河苑 are one name.</summary>
internal static class CrowdNames
{
    private const int Overlap = 3, Most = 2;

    public static IReadOnlyList<string> Join(IEnumerable<(string Text, int Members)> pieces)
    {
        var left = pieces.OrderByDescending(piece => piece.Members).ThenBy(piece => piece.Text, StringComparer.Ordinal).Take(40).ToList();
        var names = new List<string>();
        while (left.Count > 0 && names.Count < Most)
        {
            var (name, members) = left[0];
            left.RemoveAt(0);
            for (var found = true; found;)
            {
                var next = left.FindIndex(piece => piece.Members * 4 >= members * 3 && (name.EndsWith(piece.Text[..Overlap], StringComparison.Ordinal) || name.StartsWith(piece.Text[^Overlap..], StringComparison.Ordinal)));
                found = next >= 0;
                if (found)
                {
                    var piece = left[next].Text;
                    left.RemoveAt(next);
                    name = name.EndsWith(piece[..Overlap], StringComparison.Ordinal) ? name + piece[Overlap..] : piece[..^Overlap] + name;
                }
            }

            if (members > 1)
            {
                names.Add(name);
            }
        }

        return names;
    }
}
