using System.Buffers;
using JieSuJiBan.Domain.Dispatch;

namespace JieSuJiBan.Tests.Bench;

/// <summary>A text as its runs of two to four characters, the rarer the heavier, those of the subject twice, and the names among them.</summary>
/// <param name="MaybeNames">What may yet turn out to be a name, when it is said again.</param>
internal sealed record CrowdText(
    IReadOnlyDictionary<ulong, float> Weights,
    IReadOnlySet<ulong> Subject,
    IReadOnlyDictionary<ulong, float> SubjectWeights,
    IReadOnlyDictionary<ulong, string> Names,
    IReadOnlySet<ulong> MaybeNames,
    Func<ulong, int> SeenOf)
{
    public IEnumerable<KeyValuePair<ulong, float>> Heaviest(int most) => Weights.OrderByDescending(run => run.Value).ThenBy(run => run.Key).Take(most);
}

/// <summary>How many texts have a run of characters, in a fixed amount of memory, and what that says about it.</summary>
internal sealed class RunCounts
{
    private const int Bits = 22, NameLength = 4, BodyRead = 150;

    // So many texts are imagined from before the first, or the first few would all be about the same.
    private const int Imagined = 300;

    // Words of asking, complaining and reporting, of days, and what every firm is called: they make no name.
    private static readonly SearchValues<char> s_neverInNames = SearchValues.Create("请问望吗呢的了是否何快被把给不没乱么怎投诉举咨询委府年限司");

    private readonly int[] _counts = new int[1 << Bits];
    private int _texts;

    public CrowdText Read(string subject, string text)
    {
        var body = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)).Take(BodyRead));
        var ofSubject = Words.Cut(subject, NameLength);
        var ofBody = Words.Cut(body, NameLength);
        _texts++;
        foreach (var run in ofSubject.Keys.Union(ofBody.Keys))
        {
            _counts[PlaceOf(run)]++;
        }

        var weights = new Dictionary<ulong, float>();
        var names = new Dictionary<ulong, string>();
        foreach (var (source, runs, weight) in new[] { (body, ofBody, 1f), (subject, ofSubject, 2f) })
        {
            foreach (var (run, (_, at, length)) in runs)
            {
                if (length > 1 && RarityOf(run) is > 0 and var rarity)
                {
                    weights[run] = weight * rarity;
                }

                if (length == NameLength && IsName(source.AsSpan(at, length)))
                {
                    names[run] = source.Substring(at, length);
                }
            }
        }

        var norm = MathF.Sqrt(weights.Values.Sum(weight => weight * weight)) + 1e-6f;
        return new CrowdText(
            weights.ToDictionary(run => run.Key, run => run.Value / norm),
            ofSubject.Keys.ToHashSet(),
            ofSubject.Where(run => run.Value.Length == 2).ToDictionary(run => run.Key, run => RarityOf(run.Key)),
            names,
            ofSubject.Where(run => run.Value.Length == NameLength).Select(run => run.Key).Union(names.Keys).ToHashSet(),
            SeenOf);
    }

    private int SeenOf(ulong run) => _counts[PlaceOf(run)];

    private float RarityOf(ulong run) => MathF.Log((_texts + Imagined) / (float)Math.Max(1, SeenOf(run)));

    // A name is seldom, and its characters stand together more often than chance would have it, wherever one cuts it.
    private bool IsName(ReadOnlySpan<char> run)
    {
        const double AtOnce = 5, AtTheEdge = 1.1;
        var seen = (double)SeenOf(Hash.Of(run));
        if (seen < 2 || seen > Math.Max(60, _texts * 0.02) || run.ContainsAny(s_neverInNames) || DigitsIn(run) > 2)
        {
            return false;
        }

        return Beyond(run, 2) >= AtOnce && Beyond(run, 1) >= AtTheEdge && Beyond(run, 3) >= AtTheEdge;
    }

    private double Beyond(ReadOnlySpan<char> run, int cut) =>
        (double)SeenOf(Hash.Of(run)) * _texts / Math.Max(1, (double)SeenOf(Hash.Of(run[..cut])) * SeenOf(Hash.Of(run[cut..])));

    private static int DigitsIn(ReadOnlySpan<char> run)
    {
        var digits = 0;
        foreach (var letter in run)
        {
            digits += char.IsDigit(letter) ? 1 : 0;
        }

        return digits;
    }

    private static int PlaceOf(ulong run) => (int)(Hash.Mix(run, 3) >> (64 - Bits));
}
