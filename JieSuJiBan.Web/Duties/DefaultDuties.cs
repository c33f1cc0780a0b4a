using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Duties;

/// <summary>
/// The duty list that a district can start from: what usually comes up, and whose it usually is, by the keys of its default
/// departments. It is a proposal; each district makes it its own.
/// </summary>
public static class DefaultDuties
{
    private static readonly string[] s_lines = Read();

    public static IReadOnlyList<DutyTerms> For(OrgPath district, TimeRules rules)
    {
        var (terms, area, group) = (new List<DutyTerms>(), "", "");
        foreach (var line in s_lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                var names = line[3..].Split('/', StringSplitOptions.TrimEntries);
                (area, group) = (names[0], names[1]);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                terms.Add(Parse(area, group, line.Split('|', StringSplitOptions.TrimEntries), district, rules));
            }
        }

        return terms;
    }

    private static DutyTerms Parse(string area, string group, string[] row, OrgPath district, TimeRules rules)
    {
        var lead = row[1].Replace("（村）", "", StringComparison.Ordinal);
        var scope = lead != row[1] ? DutyScope.Community : lead == "街" ? DutyScope.Street : DutyScope.District;
        var level = row[2][0] switch
        {
            '急' => CaseLevel.Urgent,
            '保' => CaseLevel.Utility,
            '常' => CaseLevel.Ordinary,
            _ => CaseLevel.Complex,
        };
        var limit = TimeLimit.TryParse(row[2][1..], out var own) ? own : rules.LimitOf(level).Limit;
        var coUnits = row[5].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(' ', 2))
            .Select(part => new CoDuty(Unit(part[0], district), part[1]));
        return new DutyTerms(area, group, row[0], scope, Unit(lead, district), row[4], [.. coUnits], row[3], level, limit, row[6]);
    }

    private static OrgPath Unit(string key, OrgPath district) => key switch
    {
        "街" => Locality.Street,
        "村" => Locality.Community,
        _ => district.Child(key),
    };

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(DefaultDuties).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Rules.duties.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}
