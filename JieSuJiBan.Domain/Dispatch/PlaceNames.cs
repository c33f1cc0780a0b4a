using System.Text.RegularExpressions;

namespace JieSuJiBan.Domain.Dispatch;

/// <summary>
/// Finds the names of roads, estates, villages and the like in an address as people write it. Names of districts, streets and
/// communities are the caller's to cut away first: he knows them.
/// </summary>
public static partial class PlaceNames
{
    private const int Longest = 10;

    /// <summary>The names in <paramref name="address"/>, an estate or a building before a village, a village before a road.</summary>
    public static IReadOnlyList<string> Find(string address)
    {
        var found = new List<(int Rank, string Name)>();
        foreach (var part in Breaks().Split(address))
        {
            foreach (Match match in Names().Matches(part))
            {
                var kind = match.Groups[2].Value;
                var name = Tidy(match.Groups[1].Value, kind);
                if (name.Length is >= 2 and <= Longest)
                {
                    found.Add((Rank(kind), name));
                }
            }
        }

        return [.. found.OrderBy(place => place.Rank).Select(place => place.Name).Distinct()];
    }

    // 幸福家园小区 and 幸福家园 are one place; 马坊小区 is not 马坊.
    private static string Tidy(string name, string kind) =>
        kind is "小区" && Estates().IsMatch(name) ? name : name + kind;

    private static int Rank(string kind) => kind switch
    {
        "路" or "街" or "大街" or "胡同" or "巷" or "桥" => 2,
        "村" or "社区" => 1,
        _ => 0,
    };

    // Numbers, marks and little words end a name: what stands between them is one or several.
    [GeneratedRegex(@"[\s\p{P}\p{S}\d]+|[号楼层室单元栋幢座](?![\p{L}]*(?:小区|家园|花园))|与|附近|旁边|门口|对面|路口|交叉口|东侧|西侧|南侧|北侧|东边|西边|南边|北边|内部|位于|反映|来电")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"([\p{L}]{1,9}?)(小区|家园|花园|嘉园|公寓|大厦|广场|市场|商场|商城|医院|学校|小学|中学|幼儿园|公园|工业区|产业园|工地|车站|养老院|社区|村|大街|胡同|[路街巷桥里苑园城府湾庄])(?![\p{L}]?(?:小区|家园|花园|嘉园))")]
    private static partial Regex Names();

    [GeneratedRegex("(?:家园|花园|嘉园|公寓|[苑里园城府湾庄])$")]
    private static partial Regex Estates();
}
