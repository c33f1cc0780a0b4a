using System.Globalization;

namespace JieSuJiBan.Tests.Bench;

/// <param name="History">The file to learn from first; none when the rows of <paramref name="Test"/> before <paramref name="Split"/> are the history.</param>
/// <param name="Split">How many rows of the one file are history, and how many after them are tested.</param>
/// <param name="Text">Whether it is about texts: then the history is also tried without the copies of test messages.</param>
internal sealed record DispatchArguments(string? History, string Test, (int History, int Test)? Split, TimeSpan LabelDelay, string? Columns, bool Text)
{
    private const string Shared = "../shared/data/";

    /// <summary>What is measured where nothing else is named.</summary>
    private static readonly DispatchArguments s_facts = new(null, Shared + "pingshan_appeals.csv", (6400, 1600), TimeSpan.FromDays(1), null, false);
    private static readonly DispatchArguments s_texts = new(Shared + "tipdm_tokens.csv", Shared + "tipdm_messages.csv", null, TimeSpan.FromDays(1), null, true);

    public IEnumerable<string> Files => new[] { History, Test, Columns }.OfType<string>();

    public static DispatchArguments? Parse(string[] args)
    {
        var isText = args.Contains("--text");
        var given = isText ? s_texts : s_facts;
        var named = args.Where(arg => arg != "--text").Chunk(2).ToList();
        if (named.Exists(pair => pair.Length < 2))
        {
            return null;
        }

        if (named.Exists(pair => pair[0] is "--history" or "--test" or "--file"))
        {
            given = given with { History = null, Test = "", Split = null };
        }

        foreach (var pair in named)
        {
            switch (pair)
            {
                case ["--history", var file]: given = given with { History = file }; break;
                case ["--test" or "--file", var file]: given = given with { Test = file }; break;
                case ["--split", var at] when Rows(at) is { } rows: given = given with { History = null, Split = rows }; break;
                case ["--columns", var file]: given = given with { Columns = file }; break;
                case ["--label-delay", var value] when Span(value) is { } span: given = given with { LabelDelay = span }; break;
                default: return null;
            }
        }

        return given.Test.Length > 0 && given.History is null == given.Split is not null ? given : null;
    }

    // "6400" and all that follow, or "4800+1600"
    private static (int History, int Test)? Rows(string text) => text.Split('+') switch
    {
        [var history] when Count(history) is { } before => (before, int.MaxValue),
        [var history, var test] when Count(history) is { } before && Count(test) is { } after => (before, after),
        _ => null,
    };

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    // "1d", "12h" or "30m"
    private static TimeSpan? Span(string text) =>
        text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch { 'd' => TimeSpan.FromDays(number), 'h' => TimeSpan.FromHours(number), 'm' => TimeSpan.FromMinutes(number), _ => null }
            : null;
}
