namespace JieSuJiBan.Tests.Bench;

/// <summary>
/// Finds crowds in free texts as they come in: texts belong together that share a rare name in the subject (an estate, a plant, a firm)
/// and besides it also what they say of it. The portal counts demands by class and place instead, which its cases have; this is for
/// texts that come with neither, such as a message board's.
/// </summary>
/// <param name="quiet">A crowd that nobody joined for so long is over and forgotten.</param>
/// <remarks>Not safe for several threads at once.</remarks>
internal sealed class TextCrowds(TimeSpan quiet)
{
    private const int MostTried = 30, SweepEvery = 1000;

    private readonly RunCounts _counts = new();
    private readonly Dictionary<ulong, List<TextCrowd>> _byName = [];
    private readonly List<TextCrowd> _all = [];
    private int _added;

    /// <summary>The crowds of several people, largest first.</summary>
    public IEnumerable<TextCrowd> Largest => _all.Where(crowd => crowd.People > 1).OrderByDescending(crowd => crowd.People).ThenByDescending(crowd => crowd.Members.Count);

    /// <summary>Puts a demand into the crowd it belongs to, or makes it the first of one.</summary>
    /// <param name="who">Whatever tells one person from another; never shown.</param>
    /// <param name="subject">What it is about, in a line; the beginning of the text where there is none.</param>
    public TextCrowd Add(Guid key, string who, string subject, string text, DateTimeOffset at)
    {
        if (++_added % SweepEvery == 0)
        {
            Sweep(at);
        }

        var said = _counts.Read(subject, text);
        var crowd = Fitting(said, at) ?? Begin();
        crowd.Join(said, key, who, at);
        foreach (var name in said.MaybeNames)
        {
            if (!_byName.TryGetValue(name, out var crowds))
            {
                _byName[name] = crowds = new List<TextCrowd>(1);
            }

            if (!crowds.Contains(crowd))
            {
                crowds.Add(crowd);
            }
        }

        return crowd;
    }

    private TextCrowd? Fitting(CrowdText said, DateTimeOffset at)
    {
        var tried = new Dictionary<TextCrowd, float>();
        foreach (var name in said.Names.Keys)
        {
            foreach (var crowd in _byName.GetValueOrDefault(name) ?? [])
            {
                tried[crowd] = tried.GetValueOrDefault(crowd) + said.Weights[name];
            }
        }

        return tried
            .Where(crowd => at - crowd.Key.LastAt <= quiet)
            .OrderByDescending(crowd => crowd.Value)
            .Take(MostTried)
            .Select(crowd => (Crowd: crowd.Key, Fit: crowd.Key.FitOf(said)))
            .Where(crowd => crowd.Fit > 0)
            .OrderByDescending(crowd => crowd.Fit)
            .FirstOrDefault().Crowd;
    }

    private TextCrowd Begin()
    {
        var crowd = new TextCrowd();
        _all.Add(crowd);
        return crowd;
    }

    private void Sweep(DateTimeOffset now)
    {
        _all.RemoveAll(crowd => now - crowd.LastAt > quiet);
        foreach (var (name, crowds) in _byName)
        {
            crowds.RemoveAll(crowd => now - crowd.LastAt > quiet);
            if (crowds.Count == 0)
            {
                _byName.Remove(name);
            }
        }
    }
}
