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
                .Where(triage => triage.District == district && triage.PlaceName == name)
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

    // The longest official name in the address; a community's only together with its street's, since 中心社区 is everywhere.
    private KnownPlace? Official(OrgPath district, string address)
    {
        foreach (var street in units.Children(district, UnitKind.Street).Where(street => Names(street).Any(name => address.Contains(name, StringComparison.Ordinal))))
        {
            var community = units.Children(street.Path, UnitKind.Community)
                .SelectMany(unit => Names(unit).Select(name => (unit.Path, Name: name)))
                .Where(unit => address.Contains(unit.Name, StringComparison.Ordinal))
                .OrderByDescending(unit => unit.Name.Length)
                .FirstOrDefault();
            return community.Name is null ? new KnownPlace(street.ShortName, street.Path, 0) : new KnownPlace(community.Name, community.Path, 0);
        }

        return null;
    }

    private static IEnumerable<string> Names(OrgUnit unit) => new[] { unit.Name, unit.ShortName }.Where(name => name.Length >= 3).Distinct();
}
