namespace JieSuJiBan.Domain.Cases;

/// <summary>
/// The words that speak of danger. A demand that holds one comes first, with a sound, and only a person dispatches it. An entry
/// under <see cref="Harmless"/> holds such a word and means none: 燃气费 is a bill.
/// </summary>
public sealed record SafetyWords(string Basis, IReadOnlyList<string> Words, IReadOnlyList<string> Harmless)
{
    /// <summary>The first word of danger in title or text, in the order of the list.</summary>
    public string? Find(string title, string text)
    {
        var told = $"{title}\n{text}";
        foreach (var phrase in Harmless)
        {
            told = told.Replace(phrase, "□", StringComparison.Ordinal);
        }

        return Words.FirstOrDefault(word => told.Contains(word, StringComparison.Ordinal));
    }

    public Demand Mark(Demand demand) => demand with { SafetyWord = Find(demand.Title, demand.Text) };
}
