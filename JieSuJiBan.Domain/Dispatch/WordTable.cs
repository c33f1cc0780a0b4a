using System.Collections;
using System.Runtime.InteropServices;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>Which units the words of past texts went to: it names candidates for a text, and the words that speak for one.</summary>
internal sealed class WordTable(int words)
{
    private const int UnitsEach = 6, Slowest = Fading.Speeds - 1;
    private const int HeardBits = 23;
    private const float Doubt = 1;

    private readonly FadingTable _table = new(words, UnitsEach);

    // Most runs of characters come once and never again. Only what comes a second time is worth a place; the first leaves but a bit.
    private readonly BitArray _heard = new(1 << HeardBits);
    private Fading _all = new(int.MaxValue);
    private double _texts;

    public Said Read(string? text, double day)
    {
        var found = new List<Word>();
        foreach (var (key, (times, at, length)) in Words.Cut(text ?? ""))
        {
            var cell = _table.Find(key);
            var value = (1 + MathF.Log(times)) * MathF.Log((2 + (float)_texts) / (1 + (cell is null ? 0 : TotalOf(cell, day))));
            if (value > 0)
            {
                found.Add(new Word(new Feature(key, value), at, length, cell));
            }
        }

        var norm = MathF.Sqrt(found.Sum(word => word.Feature.Value * word.Feature.Value)) + 1e-6f;
        return new Said(text ?? "", [.. found.Select(word => word with { Feature = word.Feature with { Value = word.Feature.Value / norm } })]);
    }

    /// <summary>How much each unit's share among the texts with a word exceeds its share among all, over all words of this text.</summary>
    public Dictionary<int, float> Votes(Said said, double day)
    {
        var votes = new Dictionary<int, float>();
        var shares = new Shares(_all);
        foreach (var word in said.Words)
        {
            for (var entry = 0; entry < word.Cell?.Size; entry++)
            {
                var unit = word.Cell.IdOf(entry);
                CollectionsMarshal.GetValueRefOrAddDefault(votes, unit, out _) += word.Feature.Value * Lean(word.Cell, entry, day, shares.Of(unit));
            }
        }

        return votes;
    }

    /// <summary>The runs of the text that speak most for a unit, longest first among those that overlap.</summary>
    public IReadOnlyList<string> Telling(Said said, int unit, double day, int most)
    {
        var told = new List<Word>();
        var share = new Shares(_all).Of(unit);
        var telling = said.Words
            .Where(word => word.Length > 1 && word.Cell is { } cell && cell.EntryOf(unit) is >= 0 and var entry && IsOwn(cell, entry))
            .OrderByDescending(word => word.Feature.Value * word.Length * Lean(word.Cell!, word.Cell!.EntryOf(unit), day, share))
            .ThenBy(word => word.At);
        foreach (var word in telling)
        {
            if (told.TrueForAll(other => word.At >= other.At + other.Length || other.At >= word.At + word.Length))
            {
                told.Add(word);
            }

            if (told.Count == most)
            {
                break;
            }
        }

        return [.. told.OrderBy(word => word.At).Select(word => said.Text.Substring(word.At, word.Length))];
    }

    public void Add(Said said, int unit, double day)
    {
        if (said.Words.Count == 0)
        {
            return;
        }

        _texts++;
        _all.Add(unit, day);
        foreach (var word in said.Words)
        {
            var bit = (int)(word.Feature.Key >> (64 - HeardBits));
            if (word.Cell is not null || _heard[bit])
            {
                _table.Add(word.Feature.Key, unit, day);
            }

            _heard[bit] = true;
        }
    }

    public void Remove(Said said, int unit, double day)
    {
        _all.Remove(unit, day);
        foreach (var word in said.Words)
        {
            word.Cell?.Remove(unit, day);
        }
    }

    public void Write(BinaryWriter to)
    {
        var heard = new byte[_heard.Length / 8];
        _heard.CopyTo(heard, 0);
        to.Write(heard);
        to.Write(_texts);
        _all.Write(to);
        _table.Write(to);
    }

    public void Read(BinaryReader from)
    {
        _heard.SetAll(false);
        _heard.Or(new BitArray(from.ReadBytes(_heard.Length / 8)));
        _texts = from.ReadDouble();
        _all = Fading.Read(from, int.MaxValue);
        _table.Read(from);
    }

    // Seen with this unit more than once, and mostly with it.
    private static bool IsOwn(Fading cell, int entry) => cell.CountOf(entry, Slowest) >= 2 && cell.CountOf(entry, Slowest) > cell.Total(Slowest) / 2;

    private static float Lean(Fading cell, int entry, double day, float share) =>
        MathF.Log(1 + (cell.CountOf(entry, Slowest) * cell.WorthAt(day, Slowest) / (Doubt * share)));

    private static float TotalOf(Fading cell, double day) => cell.Total(Slowest) * cell.WorthAt(day, Slowest);

    /// <summary>The share of each unit among all texts, looked up once.</summary>
    private sealed class Shares(Fading all)
    {
        private readonly float _total = all.Total(Slowest);
        private readonly Dictionary<int, float> _known = [];

        public float Of(int unit)
        {
            if (!_known.TryGetValue(unit, out var share))
            {
                var entry = all.EntryOf(unit);
                _known[unit] = share = ((entry < 0 ? 0 : all.CountOf(entry, Slowest)) + 0.5f) / (_total + 1);
            }

            return share;
        }
    }
}

/// <summary>A text as its words: how telling each is, where it stands, and where it went before.</summary>
internal sealed record Said(string Text, IReadOnlyList<Word> Words)
{
    public Feature[] Features { get; } = [.. Words.Select(word => word.Feature)];
}

internal readonly record struct Word(Feature Feature, int At, int Length, Fading? Cell);
