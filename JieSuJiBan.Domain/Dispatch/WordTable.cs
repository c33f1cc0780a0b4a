namespace JieSuJiBan.Domain.Dispatch;

/// <summary>Which units the words of past texts went to: it names candidates for a text, and the words that speak for one.</summary>
internal sealed class WordTable(int words)
{
    private const int UnitsEach = 6, Slowest = Fading.Speeds - 1;
    private const float Doubt = 1;

    private readonly FadingTable _table = new(words, UnitsEach);
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
        foreach (var word in said.Words)
        {
            for (var entry = 0; entry < word.Cell?.Size; entry++)
            {
                var unit = word.Cell.IdOf(entry);
                votes[unit] = votes.GetValueOrDefault(unit) + (word.Feature.Value * Lean(word.Cell, entry, day));
            }
        }

        return votes;
    }

    /// <summary>The runs of the text that speak most for a unit, longest first among those that overlap.</summary>
    public IReadOnlyList<string> Telling(Said said, int unit, double day, int most)
    {
        var told = new List<Word>();
        var votes = said.Words
            .Where(word => word.Length > 1 && word.Cell is not null)
            .Select(word => (word, entry: word.Cell!.EntryOf(unit)))
            .Where(word => word.entry >= 0 && word.word.Cell!.CountOf(word.entry, Slowest) >= 2)
            .Where(word => word.word.Cell!.CountOf(word.entry, Slowest) > TotalOf(word.word.Cell, word.word.Cell.At) / 2)
            .OrderByDescending(word => word.word.Feature.Value * Lean(word.word.Cell!, word.entry, day) * word.word.Length)
            .ThenBy(word => word.word.At);
        foreach (var (word, _) in votes)
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
            _table.Add(word.Feature.Key, unit, day);
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
        to.Write(_texts);
        _all.Write(to);
        _table.Write(to);
    }

    public void Read(BinaryReader from)
    {
        _texts = from.ReadDouble();
        _all = Fading.Read(from, int.MaxValue);
        _table.Read(from);
    }

    private float Lean(Fading cell, int entry, double day)
    {
        var at = _all.EntryOf(cell.IdOf(entry));
        var share = ((at < 0 ? 0 : _all.CountOf(at, Slowest)) + 0.5f) / (TotalOf(_all, _all.At) + 1);
        return MathF.Log(1 + (cell.CountOf(entry, Slowest) * cell.WorthAt(day, Slowest) / (Doubt * share)));
    }

    private static float TotalOf(Fading cell, double day) => cell.Total(Slowest) * cell.WorthAt(day, Slowest);
}

/// <summary>A text as its words: how telling each is, where it stands, and where it went before.</summary>
internal sealed record Said(string Text, IReadOnlyList<Word> Words)
{
    public Feature[] Features { get; } = [.. Words.Select(word => word.Feature)];
}

internal readonly record struct Word(Feature Feature, int At, int Length, Fading? Cell);
