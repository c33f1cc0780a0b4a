namespace JieSuJiBan.Domain.Organisation;

/// <summary>One unit of the tree. Names repeat all over the city; the path is the key.</summary>
public sealed class OrgUnit(OrgPath path, string name, string shortName, int order)
{
    public OrgPath Path { get; private set; } = path;

    /// <summary>The full official name, e.g. 平谷区城市管理委员会.</summary>
    public string Name { get; private set; } = name;

    /// <summary>What officers say in the room, e.g. 区城管委.</summary>
    public string ShortName { get; private set; } = shortName;

    /// <summary>Place among its siblings.</summary>
    public int Order { get; private set; } = order;

    public UnitKind Kind => Path.Kind;

    public void Rename(string name, string shortName) => (Name, ShortName) = (name, shortName);
}
