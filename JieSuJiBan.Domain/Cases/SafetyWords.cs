using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Domain.Cases;

/// <summary>
/// The words that speak of danger. A demand that holds one comes first, with a sound, and only a person dispatches it. An entry
/// under <see cref="Harmless"/> holds such a word and means none: 燃气费 is a bill.
/// </summary>
/// <remarks>
/// What is <paramref name="Utility"/> or <paramref name="Ordinary"/> needs a person too, but is no danger to life: it has the usual limit of
/// its level.
/// </remarks>
public sealed record SafetyWords(
    string Basis, IReadOnlyList<string> Words, IReadOnlyList<string> Harmless, IReadOnlyList<string>? Utility = null, IReadOnlyList<string>? Ordinary = null)
{
    /// <summary>How pressing a demand is in which such a word stands, where the duty list does not know its matter.</summary>
    public CaseLevel LevelOf(string word) =>
        Utility?.Contains(word) == true ? CaseLevel.Utility : Ordinary?.Contains(word) == true ? CaseLevel.Ordinary : CaseLevel.Urgent;

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
