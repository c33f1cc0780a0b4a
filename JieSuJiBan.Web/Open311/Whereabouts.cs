using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Open311;

/// <summary>Finds the street or community that a demand belongs to, by its national code or by the names in an address.</summary>
internal sealed class Whereabouts(UnitBook units)
{
    /// <summary>Nine digits are a street, twelve a community; the portal's own path does as well.</summary>
    public OrgPath? ByCode(OrgPath district, string code)
    {
        var path = code switch
        {
            ['/', ..] => new OrgPath(code),
            { Length: 9 } => district.Child(code),
            { Length: 12 } => district.Child(code[..9]).Child(code),
            _ => OrgPath.Portal,
        };
        return district.Contains(path) && units.Find(path) is { Kind: UnitKind.Street or UnitKind.Community } ? path : null;
    }

    public string Name(OrgPath home) => units.ShortName(home);

    /// <summary>The community, if the address names one that can be meant; else the street; nothing if neither is named, or several are.</summary>
    public OrgPath? ByName(OrgPath district, string address)
    {
        var streets = units.Children(district, UnitKind.Street).ToList();
        var named = Named(streets, address);

        // 东高村镇 holds the name of a village in it, and need not mean that.
        var rest = named.Aggregate(address, (text, street) => text.Replace(street.ShortName, " ", StringComparison.Ordinal));
        return Only(Named(Communities(named.Count > 0 ? named : streets), rest)) ?? Only(named);
    }

    private List<OrgUnit> Communities(List<OrgUnit> streets) => [.. streets.SelectMany(street => units.Children(street.Path, UnitKind.Community))];

    // 东店村 holds 店村: of two such names the longer was meant.
    private static List<OrgUnit> Named(List<OrgUnit> candidates, string address)
    {
        var found = candidates.Where(unit => address.Contains(unit.ShortName, StringComparison.Ordinal)).ToList();
        return [.. found.Where(unit => !found.Exists(other => other.ShortName.Length > unit.ShortName.Length && other.ShortName.Contains(unit.ShortName, StringComparison.Ordinal)))];
    }

    private static OrgPath? Only(List<OrgUnit> units) => units is [var one] ? one.Path : null;
}
