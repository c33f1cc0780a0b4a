namespace JieSuJiBan.Domain.Organisation;

/// <summary>
/// A few units as one value of a row, e.g. <c>|/11/110117/110117005/|/11/110117/d.cgw/|</c>: each once, in the order of their paths,
/// and between marks, so that a unit is looked for in it as a text.
/// </summary>
public readonly record struct UnitSet(string Value)
{
    private const char Mark = '|';

    public IEnumerable<OrgPath> Units => Value.Split(Mark, StringSplitOptions.RemoveEmptyEntries).Select(path => new OrgPath(path));

    /// <summary>Nothing where there is none.</summary>
    public static UnitSet? Of(IEnumerable<OrgPath> units)
    {
        var paths = units.Select(unit => unit.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        return paths.Count == 0 ? null : new($"{Mark}{string.Join(Mark, paths)}{Mark}");
    }

    /// <summary>How a unit stands in a set's value.</summary>
    public static string Marked(OrgPath unit) => $"{Mark}{unit}{Mark}";

    public bool Contains(OrgPath unit) => Value.Contains(Marked(unit), StringComparison.Ordinal);

    public override string ToString() => Value;
}
