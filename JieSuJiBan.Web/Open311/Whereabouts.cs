using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Open311;

/// <summary>Finds the street or community that a demand belongs to, by its national code or by the names in an address.</summary>
internal sealed class Whereabouts(UnitBook units, Gazetteer gazetteer)
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

    /// <summary>By names, official ones and those of estates and roads where demands lay before.</summary>
    public async Task<OrgPath?> ByNameAsync(OrgPath district, string address, CancellationToken cancellationToken) =>
        (await gazetteer.FindAsync(district, address, cancellationToken))?.Home;
}
