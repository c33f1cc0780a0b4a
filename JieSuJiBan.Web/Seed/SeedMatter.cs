using System.Globalization;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Duties;

namespace JieSuJiBan.Web.Seed;

/// <summary>A matter of the duty list, how often it comes up in which month, and how people put it.</summary>
internal sealed record SeedMatter(DutyTerms Duty, double Weight, IReadOnlyList<double> Months, IReadOnlyList<string> Phrases)
{
    // January first. What a season brings is a multiple of what a month brings on average.
    private static readonly Dictionary<string, double[]> s_seasons = new()
    {
        ["平"] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        ["春"] = [.4, .5, 1.3, 1.8, 1.7, 1.2, 1, 1, 1, .9, .7, .5],
        ["夏"] = [.4, .4, .6, .9, 1.3, 1.7, 2, 1.8, 1.3, .8, .5, .4],
        ["雨"] = [.2, .2, .3, .5, .8, 1.7, 3.2, 3, 1.3, .4, .2, .2],
        ["秋"] = [.7, .7, .9, 1, 1, .9, .9, 1.1, 1.5, 1.5, 1.2, .7],
        ["冬"] = [2.6, 2.2, 1.4, .2, .1, .05, .05, .05, .1, .6, 2.6, 2.3],
        ["寒"] = [3.5, 3, .8, .05, 0, 0, 0, 0, 0, .05, 1.4, 3.2],
        ["年"] = [1.8, 1.4, 1.2, .9, .8, .8, .8, .8, .9, .9, 1, 1.3],
    };

    public static IReadOnlyList<SeedMatter> Read(OrgPath district, TimeRules rules)
    {
        var duties = DefaultDuties.For(district, rules);
        using var reader = new StreamReader(typeof(SeedMatter).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Seed.matters.txt")!);
        var told = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(row => row[0]);
        var rest = (10_000 - told.Values.Sum(row => int.Parse(row[1], CultureInfo.InvariantCulture))) / (double)(duties.Count - told.Count);
        return
        [
            .. duties.Select(duty => told.TryGetValue(duty.Category, out var row)
                ? new SeedMatter(duty, double.Parse(row[1], CultureInfo.InvariantCulture), s_seasons[row[2]], row[3].Split(';', StringSplitOptions.TrimEntries))
                : new SeedMatter(duty, rest, s_seasons["平"], [$"{duty.Matter}问题", .. duty.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"{word}，没有人管")])),
        ];
    }

    public OrgPath LeadAt(OrgPath home) => Duty.Lead.At(home) is { Kind: UnitKind.Street or UnitKind.Department or UnitKind.Enterprise } lead ? lead : home.Answering;

    public static Nature NatureBy(Random chance) => chance.NextDouble() switch
    {
        < .46 => Nature.Complaint,
        < .80 => Nature.Help,
        < .92 => Nature.Question,
        < .97 => Nature.Proposal,
        < .985 => Nature.Report,
        _ => Nature.Thanks,
    };
}
