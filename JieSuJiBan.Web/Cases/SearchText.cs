using System.Text;

namespace JieSuJiBan.Web.Cases;

/// <summary>
/// Takes a text apart for searching. A Chinese sign stands for itself; Latin letters and figures that follow each other are one word.
/// Full width and half width, upper and lower case are the same; anything else only separates.
/// </summary>
internal static class SearchText
{
    /// <summary>Of a word, beginnings of so many letters are found too.</summary>
    private const int LeastBeginning = 2;

    private const int LongestWord = 40;

    private const int MostAsked = 8, MostSignsAsked = 60;

    /// <summary>What these texts are found by: each sign and what it begins with, each two that are neighbours, and each three, in their order.</summary>
    public static IEnumerable<string> WordsOf(params IEnumerable<string?> texts)
    {
        var (single, threes) = (new HashSet<string>(), new List<string>());
        foreach (var run in texts.SelectMany(text => Runs(text ?? "")))
        {
            run.ForEach(sign => single.UnionWith(Beginnings(sign)));
            single.UnionWith(run.Zip(run.Skip(1), string.Concat));
            threes.AddRange(Threes(run));
            threes.Add(run[^1]);  // ends the run: two that follow each other in different runs are no neighbours
        }

        return single.Concat(threes);
    }

    /// <summary>
    /// What somebody is looking for, in the words of an index: one sign or two are themselves, more of them are their threes, one after
    /// another. Much has two signs in common and little three, so there is less to go through.
    /// </summary>
    public static IEnumerable<string> Asked(string search) => Runs(search.Length > MostSignsAsked ? search[..MostSignsAsked] : search)
        .Take(MostAsked)
        .Select(run => run.Count < 3 ? string.Concat(run) : string.Join(' ', Threes(run)));

    /// <summary>As it stands in a question to an index. No word has a quotation mark in it.</summary>
    public static string Quoted(string words) => $"\"{words}\"";

    /// <summary>The signs between two separators, in their order.</summary>
    private static IEnumerable<List<string>> Runs(string text)
    {
        var (run, word) = (new List<string>(), new StringBuilder());
        foreach (var sign in Plain(text).EnumerateRunes())
        {
            if (IsWord(sign))
            {
                word.Append(sign.ToString());
                continue;
            }

            EndWord();
            if (Rune.IsLetterOrDigit(sign))
            {
                run.Add(sign.ToString());
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        EndWord();
        if (run.Count > 0)
        {
            yield return run;
        }

        void EndWord()
        {
            if (word.Length > 0)
            {
                run.Add(word.ToString(0, Math.Min(word.Length, LongestWord)));
                word.Clear();
            }
        }
    }

    private static IEnumerable<string> Threes(List<string> run) => run.Zip(run.Skip(1), run.Skip(2)).Select(signs => $"{signs.First}{signs.Second}{signs.Third}");

    /// <summary>A Chinese sign, or a word and what it begins with.</summary>
    private static IEnumerable<string> Beginnings(string sign)
    {
        yield return sign;
        for (var length = LeastBeginning; length < sign.Length && char.IsAsciiLetterOrDigit(sign[0]); length++)
        {
            yield return sign[..length];
        }
    }

    private static bool IsWord(Rune sign) => sign.IsAscii && Rune.IsLetterOrDigit(sign);

    private static string Plain(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "";  // half a sign: nothing can be found by it
        }
    }
}
