using System.Collections.Frozen;
using System.Globalization;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Insight;

/// <summary>Where a street lies on the map of its district: column and row, from 1.</summary>
public sealed record Tile(OrgPath Street, int Column, int Row);

/// <summary>
/// A map of tiles: each street one square, roughly where it lies. It needs no outlines and no map server; a district whose
/// tiles nobody has laid out shows them in the order of its streets.
/// </summary>
public sealed class TileMap
{
    private const int PlainWidth = 6;

    private readonly FrozenDictionary<string, (int Column, int Row)> _laid;

    private TileMap(IEnumerable<KeyValuePair<string, (int Column, int Row)>> laid) => _laid = laid.ToFrozenDictionary();

    public static TileMap Read()
    {
        using var reader = new StreamReader(typeof(TileMap).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Organisation.tiles.txt")!);
        return new TileMap(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .Select(words => KeyValuePair.Create(words[0], (Number(words[1]), Number(words[2])))));
    }

    public IReadOnlyList<Tile> Of(OrgPath district, UnitBook units)
    {
        var streets = units.Children(district, UnitKind.Street).Select(street => street.Path).ToList();
        return streets.TrueForAll(street => _laid.ContainsKey(Code(street)))
            ? [.. streets.Select(street => _laid[Code(street)] is var (column, row) ? new Tile(street, column, row) : null!)]
            : [.. streets.Select((street, at) => new Tile(street, at % PlainWidth + 1, at / PlainWidth + 1))];
    }

    private static string Code(OrgPath street) => street.Value.Split('/')[^2];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
