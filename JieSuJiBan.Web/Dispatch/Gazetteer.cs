using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>Where a name leads: to a street or community, because <paramref name="Seen"/> of the demands that named it lay there; 0 for an official name.</summary>
public sealed record KnownPlace(string Name, OrgPath Home, int Seen);

/// <summary>Finds the street or community of an address: by official names, and by the estates and roads in addresses seen before.</summary>
public sealed class Gazetteer(IDbContextFactory<PortalDbContext> databases, UnitBook units)
{
    // What so many demands have shown is not changed by one more.
    private const int Enough = 200;

    public async Task<KnownPlace?> FindAsync(OrgPath district, string address, CancellationToken cancellationToken = default)
    {
        if (Official(district, address) is { } official)
        {
            return official;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var name in PlaceNames.Find(address))
        {
            var seen = await db.Triages
                .Where(triage => triage.District == district && triage.PlaceName == name && triage.Home != district)
                .OrderBy(triage => triage.Class)
                .Take(Enough)
                .Select(triage => triage.Home)
                .ToListAsync(cancellationToken);

            // One road crosses several streets: a name is followed where most of what was seen agrees.
            if (seen.CountBy(home => home).OrderByDescending(home => home.Value).FirstOrDefault() is { Value: > 0 } known && known.Value * 2 > seen.Count)
            {
                return new KnownPlace(name, known.Key, known.Value);
            }

            if (seen.CountBy(home => home.Answering).OrderByDescending(street => street.Value).FirstOrDefault() is { Value: > 0 } street && street.Value * 2 > seen.Count)
            {
                return new KnownPlace(name, street.Key, street.Value);
            }
        }

        return null;
    }

    // The community, if the address names one that can be meant; else the street; nothing if neither is named, or several are.
    private KnownPlace? Official(OrgPath district, string address)
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

    private static KnownPlace? Only(List<OrgUnit> units) => units is [var one] ? new KnownPlace(one.ShortName, one.Path, 0) : null;
}
