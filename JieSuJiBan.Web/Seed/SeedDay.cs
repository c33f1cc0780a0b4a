using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Seed;

/// <summary>One day's calls and what became of them: all that is written of it.</summary>
internal sealed class SeedDay
{
    private const int CrowdHours = 48;

    private readonly SeedYear _year;
    private readonly Random _chance;
    private readonly DateTimeOffset _day;

    private SeedDay(SeedYear year, int day, int count)
    {
        (_year, _day, _chance) = (year, year.DayAt(day), new Random((count * 1009) + day));
        var calls = Calls(count);
        Repeat(calls);
        var members = Enumerable.Range(0, SeedYear.CrowdsOf(day, count)).Select(_ => Gather(calls)).ToList();
        foreach (var call in calls.Where(call => call.RepeatOf is null))
        {
            var life = new SeedLife(call, year.Cast, year.Rules, new Random(_chance.Next()), year.End).Live();
            Lives.Add((call, life));
        }

        var files = Lives.SelectMany(one => one.Life.Joined.Prepend((one.Call, one.Life.File))).ToDictionary(one => one.Item1, one => one.Item2);
        Cases = [.. calls.Where(files.ContainsKey).Select(call => (call, files[call]))];
        members.ForEach(Raise);
    }

    public List<(SeedCall Call, SeedLife Life)> Lives { get; } = [];

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<(SeedCall Call, CaseFile File)> Cases { get; }

    public List<Crowd> Crowds { get; } = [];

    public static SeedDay Make(SeedYear year, int day, int count) => new(year, day, count);

    private List<SeedCall> Calls(int count)
    {
        var matters = _year.MattersOf(_day);
        var series = string.Create(CultureInfo.InvariantCulture, $"105-{_day:yyyyMMdd}-");
        var times = Enumerable.Range(0, count).Select(_ => _year.TimeOf(_day, _chance)).Order().ToList();
        return
        [
            .. times.Select((at, no) =>
            {
                var matter = matters.Draw(_chance);
                return new SeedCall(_chance.Id(at), series + (no + 1).ToString("D4", CultureInfo.InvariantCulture), at, ChannelOf(at))
                {
                    Matter = matter, Place = _year.Cast.Place(_chance), Phrase = _chance.Of(matter.Phrases), Petitioner = Somebody(), IsHard = SeedYear.IsHard(_chance),
                };
            }).OrderBy(call => call.Number, StringComparer.Ordinal),
        ];
    }

    private Channel ChannelOf(DateTimeOffset at)
    {
        var isDaytime = at.ToOffset(WorkCalendar.Beijing).Hour is >= 8 and < 19;
        return _chance.NextDouble() switch
        {
            < .79 => Channel.Hotline,
            < .83 => Channel.Enterprise,
            < .89 => Channel.Web,
            < .93 when isDaytime => Channel.Grid,
            < .95 when isDaytime => Channel.Community,
            < .97 when isDaytime => Channel.Patrol,
            < .98 when isDaytime => Channel.Visit,
            _ => Channel.Hotline,
        };
    }

    // No telephone in the world begins like this.
    private Petitioner Somebody()
    {
        var person = (int)(1_000_000 * Math.Pow(_chance.NextDouble(), 1.4));
        return new Petitioner(SeedCast.NameOf($"person{person % 400}"), $"10000{person:D6}", "");
    }

    // The same person calls once more about the same, while the day lasts.
    private void Repeat(List<SeedCall> calls)
    {
        for (var at = 1; at < calls.Count; at++)
        {
            var again = calls[at];
            if (!_chance.Is(0.03) || again.Channel.IsProactive() || again.IsHard)
            {
                continue;
            }

            var first = calls[_chance.Next(Math.Max(0, at - 400), at)];
            if (first.RepeatOf is null && !first.Channel.IsProactive() && again.At - first.At > TimeSpan.FromMinutes(4))
            {
                (again.RepeatOf, again.Matter, again.Place, again.Phrase, again.Petitioner) = (first, first.Matter, first.Place, first.Phrase, first.Petitioner);
                first.Repeats.Add(again);
            }
        }
    }

    // One matter at one place, of many.
    private List<SeedCall> Gather(List<SeedCall> calls)
    {
        var members = calls.Where(call => call.RepeatOf is null && call.Repeats.Count == 0 && !call.Channel.IsProactive()).Where(_ => _chance.Is(0.3)).Take(_chance.Next(6, 16)).ToList();
        if (members.Count < 6)
        {
            return [];
        }

        var (matter, place) = (members[0].Matter, members[0].Place);
        members.ForEach(call => (call.Matter, call.Place, call.Phrase) = (matter, place, _chance.Of(matter.Phrases)));
        return members;
    }

    private void Raise(List<SeedCall> gathered)
    {
        var files = Cases.ToDictionary(one => one.Call, one => one.File);
        var members = gathered.Where(call => files.TryGetValue(call, out var file) && file.Nature != Nature.Report).ToList();
        if (members.Count < PolicyValues.Default.CrowdSize)
        {
            return;
        }

        var (first, at) = (members[0], members[PolicyValues.Default.CrowdSize - 1].At.AddMinutes(3));
        if (at >= _year.End)
        {
            return;
        }

        var told = members.ConvertAll(call => new CrowdMember(call.Id, call.Number, files[call].Title));
        var duty = first.Matter.Duty;
        var crowd = Crowd.Raise(_chance.Id(at), new CrowdRaised(first.Place.Home, $"{duty.Area}/{duty.Group}", first.Place.Name, told[..PolicyValues.Default.CrowdSize], $"{CrowdHours}小时内{PolicyValues.Default.CrowdSize}件"), at);
        members[..PolicyValues.Default.CrowdSize].ForEach(call => call.Crowd = crowd.Id);
        for (var next = PolicyValues.Default.CrowdSize; next < members.Count && members[next].At.AddMinutes(2) is var later && later < _year.End; next++)
        {
            crowd.Grow([told[next]], later);
            members[next].Crowd = crowd.Id;
        }

        var decided = members[^1].At.AddHours(5);
        if (decided < _year.End && _chance.Is(0.8))
        {
            crowd.Dismiss("已由街道统一处置，逐户答复。", _year.Cast.Officer(first.Place.Home.Answering, decided), decided);
        }

        Crowds.Add(crowd);
    }
}
