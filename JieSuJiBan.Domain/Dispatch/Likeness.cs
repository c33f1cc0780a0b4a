namespace JieSuJiBan.Domain.Dispatch;

/// <summary>How alike two texts are, by the pairs of characters they share.</summary>
public static class Likeness
{
    /// <summary>0 for nothing in common, 1 for the same but for spaces and marks. A text that holds the other whole is very like it.</summary>
    public static double Of(string left, string right)
    {
        var (a, b) = (Pairs(left), Pairs(right));
        if (a.Count == 0 || b.Count == 0)
        {
            return 0;
        }

        var shared = a.Count(b.Contains);
        var (jaccard, contained) = ((double)shared / (a.Count + b.Count - shared), (double)shared / Math.Min(a.Count, b.Count));
        return Math.Max(jaccard, Math.Min(a.Count, b.Count) < 8 ? 0 : 0.9 * contained);
    }

    private static HashSet<(char, char)> Pairs(string text)
    {
        var pairs = new HashSet<(char, char)>();
        var before = '\0';
        foreach (var letter in text.Where(char.IsLetterOrDigit))
        {
            if (before != '\0')
            {
                pairs.Add((before, letter));
            }

            before = letter;
        }

        return pairs;
    }
}
