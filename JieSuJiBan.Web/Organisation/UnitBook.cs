using System.Collections.Frozen;
using JieSuJiBan.Domain.Duties;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Organisation;

/// <summary>The tree of units, in memory: some twelve thousand names for the whole city, asked for on every line of every page.</summary>
public sealed class UnitBook(IDbContextFactory<PortalDbContext> databases)
{
    private volatile Pages _pages = new([]);

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        _pages = new Pages(await db.Units.AsNoTracking().ToListAsync(cancellationToken));
    }

    public OrgUnit? Find(OrgPath path) => _pages.ByPath.GetValueOrDefault(path);

    public string Name(OrgPath path) => Find(path)?.Name ?? path.Value;

    /// <summary>What officers say: 马坊镇, 区城管委; for a section its parent goes before it.</summary>
    public string ShortName(OrgPath path) => Find(path) switch
    {
        null => path == Locality.Street ? Locality.StreetName : path == Locality.Community ? Locality.CommunityName : path.Value,
        { Kind: UnitKind.Section or UnitKind.Community } unit => $"{ShortName(path.Parent)}{unit.ShortName}",
        { } unit => unit.ShortName,
    };

    /// <summary>A department, enterprise, street or community of a district by its full or short name.</summary>
    public OrgUnit? FindNamed(OrgPath district, string name)
    {
        var units = Children(district, UnitKind.Department, UnitKind.Enterprise, UnitKind.Street).ToList();
        return units.Find(unit => unit.ShortName == name || unit.Name == name)
            ?? units.Where(unit => unit.Kind == UnitKind.Street && name.StartsWith(unit.ShortName, StringComparison.Ordinal))
                .SelectMany(street => Children(street.Path, UnitKind.Community))
                .FirstOrDefault(unit => ShortName(unit.Path) == name);
    }

    public IReadOnlyList<OrgUnit> Children(OrgPath parent) => _pages.ByParent.GetValueOrDefault(parent, []);

    public IEnumerable<OrgUnit> Children(OrgPath parent, params UnitKind[] kinds) => Children(parent).Where(unit => kinds.Contains(unit.Kind));

    private sealed class Pages(List<OrgUnit> units)
    {
        public FrozenDictionary<OrgPath, OrgUnit> ByPath { get; } = units.ToFrozenDictionary(unit => unit.Path);

        public FrozenDictionary<OrgPath, IReadOnlyList<OrgUnit>> ByParent { get; } = units
            .GroupBy(unit => unit.Path.Parent)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<OrgUnit>)[.. group.OrderBy(unit => unit.Order)]);
    }
}
