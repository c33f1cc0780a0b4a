namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// Cuts a text into the short runs of characters that stand in for Chinese words: never across punctuation or space, so
/// segmented and plain texts give the same ones.
/// </summary>
internal static class Words
{
    /// <summary>Beyond this a text says nothing new about who should get it.</summary>
    private const int MostCharacters = 4000;

    /// <summary>Every run once, with how often it occurs and where first.</summary>
    public static Dictionary<ulong, (int Times, int At, int Length)> Cut(string text, int longest = 3)
    {
        var runs = new Dictionary<ulong, (int Times, int At, int Length)>();
        var end = Math.Min(text.Length, MostCharacters);
        for (var at = 0; at < end; at++)
        {
            for (var length = 1; length <= longest && at + length <= end && char.IsLetterOrDigit(text[at + length - 1]); length++)
            {
                var key = Hash.Of(text.AsSpan(at, length));
                runs[key] = runs.TryGetValue(key, out var run) ? run with { Times = run.Times + 1 } : (1, at, length);
            }
        }

        return runs;
    }
}
