using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Web.Localization;

namespace JieSuJiBan.Tests.Integration;

/// <summary>Every Chinese text has its English.</summary>
public partial class TextTests
{
    private static readonly Dictionary<string, string> s_english = new ResourceManager("JieSuJiBan.Web.Localization.Texts", typeof(Texts).Assembly)
        .GetResourceSet(CultureInfo.GetCultureInfo("en"), createIfNotExists: true, tryParents: false)!
        .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static readonly Lazy<HashSet<string>> s_keys = new(() =>
        [.. Sources().SelectMany(file => Keys().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal))), .. Words(), .. Indirect(), .. Enum.GetValues<Channel>().SelectMany(channel => channel.Fields()).Select(field => field.Name)]);

    [Fact]
    public void EveryKey_HasEnglish()
    {
        var missing = s_keys.Value.Where(key => !s_english.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} texts have no English: {string.Join(" | ", missing)}");
    }

    [Fact]
    public void NoEnglish_IsLeftOver()
    {
        var left = s_english.Keys.Where(key => !s_keys.Value.Contains(key)).Order(StringComparer.Ordinal).ToList();

        Assert.True(left.Count == 0, $"{left.Count} translations have no text: {string.Join(" | ", left)}");
    }

    [Fact]
    public void English_TakesTheSameValues_AndHasNoChineseLeft()
    {
        Assert.All(s_english, pair =>
        {
            Assert.Equal(Holes().Matches(pair.Key).Select(hole => hole.Value).Distinct().Order(), Holes().Matches(pair.Value).Select(hole => hole.Value).Distinct().Order());
            Assert.DoesNotMatch("[一-鿿]", pair.Value);
        });
    }

    [Fact]
    public void EveryRefusal_SpeaksBothLanguages()
    {
        var refusals = Sources().SelectMany(file => Refusals().Matches(File.ReadAllText(file)).Select(match => (match.Groups[2].Value, match.Groups[3].Value))).ToList();

        Assert.True(refusals.Count > 80);
        Assert.All(refusals, refusal =>
        {
            Assert.Matches("[一-鿿]", refusal.Item1);
            Assert.EndsWith("。", refusal.Item1, StringComparison.Ordinal);
            Assert.DoesNotMatch("[一-鿿]", refusal.Item2);
        });
    }

    private static IEnumerable<string> Words() => new[] { typeof(Refusal).Assembly, typeof(Texts).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsEnum)
        .SelectMany(type => type.GetFields()).Select(field => field.GetCustomAttribute<WordAttribute>()?.Chinese).OfType<string>();

    // Texts that reach the localizer through a variable: names of offers, groups, stages, marks, errors.
    private static IEnumerable<string> Indirect() => Sources()
        .Where(file => IndirectFiles().IsMatch(file))
        .SelectMany(file => Literals().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

    private static IEnumerable<string> Sources()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "JieSuJiBan.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return new[] { "JieSuJiBan.Web", "JieSuJiBan.Domain" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, project), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("Migrations", StringComparison.Ordinal));
    }

    [GeneratedRegex("""\b(?:L|texts|_texts)\["((?:[^"\\]|\\.)*)"(?:,|\])""")]
    private static partial Regex Keys();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Holes();

    [GeneratedRegex("""new(?: Refusal)?\(\s*\$?"([a-z0-9-]+\.[a-z0-9.-]+)",\s*\$?"([^"]*)",\s*\$?"([^"]*)"(?:,|\))""")]
    private static partial Regex Refusals();

    [GeneratedRegex(@"(CaseActs\.cs|RoomActsOffers\.cs|Waiting\.cs|ChineseIdentityErrors\.cs|RoomPage\.razor\.cs|Spine\.razor|ReportingActs\.razor|ChairingActs\.razor)$")]
    private static partial Regex IndirectFiles();

    [GeneratedRegex("""(?<!L\[|texts\[)"([^"{}<>/=]*[一-鿿][^"{}<>=]*)(?=")""")]
    private static partial Regex Literals();
}
