using System.Text;
using System.Text.Json.Serialization;

namespace JieSuJiBan.Domain.Enterprises;

/// <summary>The parts of a report, in the order in which it is read.</summary>
public enum ReportPart
{
    [Word("总体情况")] Overview,
    [Word("诉求特点")] Features,
    [Word("各单位办理情况")] Units,
    [Word("公服企业综合考评")] Enterprises,
    [Word("突出问题")] Problems,
    [Word("下一步建议")] Advice,
}

/// <summary>A number of a sentence and the question that it answers: of the demands of firms, or of the ranking.</summary>
/// <param name="Text">As it stands in the sentence: 128件, 92.50%.</param>
/// <param name="Name">What it is: 马坊镇已解决.</param>
/// <param name="Behind">The last words before it, as the portal wrote them: by these it is told from another that is as high.</param>
public sealed record ReportNumber(string Text, string Name, EnterpriseQuestion? Of = null, RankedQuestion? Ranked = null, string Behind = "");

/// <summary>A stretch of a sentence; with a number, where it is one.</summary>
public readonly record struct ReportPiece(string Text, ReportNumber? Number = null)
{
    public static implicit operator ReportPiece(string text) => new(text);

    public static implicit operator ReportPiece(ReportNumber number) => new(number.Text, number);
}

/// <summary>Some sentences of a part, and what each number in them counts. Who edits the text leaves the numbers as they were counted.</summary>
public sealed record ReportFinding(ReportPart Part, string Text, IReadOnlyList<ReportNumber> Numbers)
{
    public const int MaxText = 1000;

    private const int Words = 4;

    /// <summary>The text cut where its numbers stand.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReportPiece> Pieces => [.. Cut(Text, Numbers)];

    /// <summary>What was counted but does not stand in the text any more: somebody has written another number in its place, or none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReportNumber> Missing => [.. Numbers.Except(Pieces.Select(piece => piece.Number).OfType<ReportNumber>(), ReferenceEqualityComparer.Instance).Cast<ReportNumber>()];

    public static ReportFinding Of(ReportPart part, params IReadOnlyList<ReportPiece> pieces)
    {
        var (text, numbers) = (new StringBuilder(), new List<ReportNumber>());
        foreach (var piece in pieces)
        {
            if (piece.Number is { } number)
            {
                numbers.Add(number with { Behind = text.ToString(Math.Max(0, text.Length - Words), Math.Min(Words, text.Length)) });
            }

            text.Append(piece.Text);
        }

        return new(part, text.ToString(), numbers);
    }

    private static IEnumerable<ReportPiece> Cut(string text, IReadOnlyList<ReportNumber> numbers)
    {
        var from = 0;
        foreach (var (at, number) in Place(text, numbers))
        {
            if (at > from)
            {
                yield return text[from..at];
            }

            yield return number;
            from = at + number.Text.Length;
        }

        if (from < text.Length)
        {
            yield return text[from..];
        }
    }

    // First where the words before it are still the portal's, then wherever it stands and no other does.
    private static SortedList<int, ReportNumber> Place(string text, IReadOnlyList<ReportNumber> numbers)
    {
        var placed = new SortedList<int, ReportNumber>();
        List<ReportNumber> moved = [.. numbers.Where(number => !TryPlace(number, number.Behind))];
        moved.ForEach(number => TryPlace(number, ""));
        return placed;

        bool TryPlace(ReportNumber number, string behind)
        {
            for (var at = text.IndexOf(behind + number.Text, StringComparison.Ordinal); at >= 0; at = text.IndexOf(behind + number.Text, at + 1, StringComparison.Ordinal))
            {
                var own = at + behind.Length;
                if (IsWhole(text, own) && placed.All(other => own + number.Text.Length <= other.Key || other.Key + other.Value.Text.Length <= own))
                {
                    placed.Add(own, number);
                    return true;
                }
            }

            return false;
        }
    }

    // 3件 does not stand in 13件.
    private static bool IsWhole(string text, int at) => at == 0 || !(char.IsAsciiDigit(text[at - 1]) || text[at - 1] is '.' or '-');
}
