using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Organisation;

/// <summary>
/// Finds a district's units, streets and communities by what people and other systems call them: full names and short ones, with or
/// without the city and district before them and 人民政府 or 居委会 behind. A name that fits two is nobody's.
/// </summary>
public sealed class DistrictNames
{
    private static readonly string[] s_separators = ["、", "，", ",", ";", "；", "/", "\n", " ", "　"];

    private readonly string _district;
    private readonly Dictionary<string, OrgPath?> _units = [];
    private readonly Dictionary<string, OrgPath?> _streets = [];
    private readonly Dictionary<string, OrgPath?> _communities = [];
    private readonly Dictionary<(OrgPath, string), OrgPath> _ofStreet = [];

    public DistrictNames(UnitBook units, OrgPath district)
    {
        _district = units.Name(district);
        foreach (var unit in units.Children(district))
        {
            foreach (var name in new[] { unit.Name, unit.ShortName }.Distinct())
            {
                Know(_units, Tidy(name), unit.Path);
                if (unit.Kind == UnitKind.Street)
                {
                    Know(_streets, Tidy(name), unit.Path);
                    Know(_streets, Stem(Tidy(name)), unit.Path);
                }
            }

            foreach (var community in unit.Kind == UnitKind.Street ? units.Children(unit.Path, UnitKind.Community) : [])
            {
                foreach (var name in new[] { Tidy(community.ShortName), Stem(Tidy(community.ShortName)) }.Distinct())
                {
                    _ofStreet.TryAdd((unit.Path, name), community.Path);
                    Know(_communities, name, community.Path);
                }
            }
        }
    }

    /// <summary>Is it this district? 平谷区, 平谷, 北京市平谷区.</summary>
    public bool IsDistrict(string text) => text.Replace("北京市", "", StringComparison.Ordinal).Trim() is var name && (name == _district || name == _district.TrimEnd('区'));

    /// <summary>The one street, department or enterprise that a text names; nothing if it names several, or one that nobody knows.</summary>
    public OrgPath? Unit(string text)
    {
        if (Known(_units, text) is { } unit)
        {
            return unit;
        }

        var named = text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => Known(_units, name)).Distinct().ToList();
        return named is [{ } only] ? only : null;
    }

    public OrgPath? Street(string text) => Known(_streets, text) ?? _streets.GetValueOrDefault(Stem(Tidy(text)));

    public OrgPath? Community(OrgPath street, string text) => _ofStreet.TryGetValue((street, Tidy(text)), out var path) || _ofStreet.TryGetValue((street, Stem(Tidy(text))), out path) ? path : null;

    /// <summary>A community whose name no other street of the district has.</summary>
    public OrgPath? Community(string text) => Known(_communities, text) ?? _communities.GetValueOrDefault(Stem(Tidy(text)));

    private OrgPath? Known(Dictionary<string, OrgPath?> names, string text) => names.GetValueOrDefault(Tidy(text));

    private static void Know(Dictionary<string, OrgPath?> names, string name, OrgPath path)
    {
        if (!names.TryAdd(name, path) && names[name] != path)
        {
            names[name] = null;
        }
    }

    private string Tidy(string text)
    {
        var name = string.Concat(text.Narrow().Where(letter => !char.IsWhiteSpace(letter)));
        name = Without(Without(name, "北京市"), _district);
        name = name.Replace($"{_district}分局", "分局", StringComparison.Ordinal).Replace($"{_district.TrimEnd('区')}分局", "分局", StringComparison.Ordinal);
        foreach (var end in new[] { "人民政府", "政府", "居民委员会", "村民委员会", "居委会", "村委会" })
        {
            name = name.Length > end.Length + 1 && name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;
        }

        name = name.EndsWith("街道办事处", StringComparison.Ordinal) ? name[..^3] : name;
        return name.Length >= 4 ? Without(name, "区") : name;
    }

    private static string Without(string name, string start) => name.Length > start.Length && name.StartsWith(start, StringComparison.Ordinal) ? name[start.Length..] : name;

    // 马坊 for 马坊镇, 汇景 for 汇景社区; two letters must be left.
    private static string Stem(string name)
    {
        foreach (var end in new[] { "地区办事处", "街道", "地区", "社区", "镇", "乡", "村" })
        {
            if (name.Length >= end.Length + 2 && name.EndsWith(end, StringComparison.Ordinal))
            {
                return name[..^end.Length];
            }
        }

        return name;
    }
}
