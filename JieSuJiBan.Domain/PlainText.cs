using System.Text;

namespace JieSuJiBan.Domain;

/// <summary>Text that comes from outside, or was cut: it may hold what is no text.</summary>
public static class PlainText
{
    private const char NoCharacter = '\uFFFE';

    /// <summary>What can be read of it: line breaks and tabs stay, other control characters do not.</summary>
    public static string Readable(this string text) => string.Concat(text.Where(letter => letter is '\n' or '\t' || !(char.IsControl(letter) || letter == NoCharacter)));

    /// <summary>In the form in which texts are compared: wide letters are narrow. Half an emoji, which the framework refuses to turn into it, becomes a mark like none.</summary>
    public static string Narrow(this string text)
    {
        var isWhole = !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains(NoCharacter, StringComparison.Ordinal);
        return (isWhole ? text : string.Concat(text.EnumerateRunes().Where(rune => rune.Value != NoCharacter))).Normalize(NormalizationForm.FormKC);
    }
}
