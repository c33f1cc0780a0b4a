using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Demo;

internal sealed record DemoOfficer(string UserName, string Name, OrgPath Unit, Role Role, string Title, string UserId);

/// <summary>The invented people of the demo city. Units without an account still have somebody who signs their log entries.</summary>
internal sealed class DemoCast
{
    private static readonly string[] s_surnames = ["张", "李", "刘", "杨", "郑", "冯", "许", "唐", "曹", "袁", "于", "曾", "卢", "蒋", "贾", "薛", "潘", "杜", "侯", "孟"];
    private static readonly string[] s_given = ["立新", "文博", "海燕", "志刚", "雅琴", "振华", "晓东", "丽娟", "建业", "思远", "春生", "玉梅"];

    private readonly UnitBook _units;
    private readonly OrgPath _district;

    public DemoCast(UnitBook units, OrgPath district)
    {
        (_units, _district) = (units, district);
        using var reader = new StreamReader(typeof(DemoCast).Assembly.GetManifestResourceStream("JieSuJiBan.Web.Demo.officers.txt")!);
        Officers =
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => line[0] != '#')
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(row => new DemoOfficer(row[0], row[1], Unit(row[2]), Enum.Parse<Role>(row[3]), row[4], IdOf(row[0]))),
        ];
    }

    public UnitBook Units => _units;

    public IReadOnlyList<DemoOfficer> Officers { get; }

    /// <summary>A unit by what people call it: 马坊镇, 马坊镇/汇景社区, 区城管委, 平谷区.</summary>
    public OrgPath Unit(string name)
    {
        var at = _units.Find(_district)!;
        if (name == at.Name)
        {
            return _district;
        }

        return name.Split('/').Aggregate(_district, (parent, part) =>
            _units.Children(parent).FirstOrDefault(unit => unit.ShortName == part)?.Path
            ?? throw new InvalidOperationException($"The demo city has no unit {name}."));
    }

    /// <summary>Somebody of a unit in a role; signed in just now, because the play acts for him.</summary>
    public Actor Actor(OrgPath unit, Role role, DateTimeOffset at) =>
        Officers.FirstOrDefault(officer => officer.Unit == unit && officer.Role == role) is { } officer
            ? new Actor(officer.UserId, officer.Name, unit, _units.ShortName(unit), role, at)
            : new Actor(IdOf($"{unit}{role}"), NameFor(unit, role), unit, _units.ShortName(unit), role, at);

    /// <summary>Who does the daily work of a unit.</summary>
    public Actor Officer(OrgPath unit, DateTimeOffset at) => Actor(unit, unit.Kind switch
    {
        UnitKind.Street => Role.StreetOfficer,
        UnitKind.Community => Role.CommunityWorker,
        UnitKind.Section when unit.Parent.Kind == UnitKind.Street => Role.StreetSection,
        UnitKind.Enterprise => Role.EnterpriseOfficer,
        _ => Role.DepartmentOfficer,
    }, at);

    public Actor Head(OrgPath unit, DateTimeOffset at) => Actor(unit, unit.Kind == UnitKind.Street ? Role.StreetLeader : Role.DepartmentHead, at);

    public Actor Dispatcher(DateTimeOffset at) => Actor(Unit("区指挥中心"), Role.Dispatcher, at);

    public Actor SecondDispatcher(DateTimeOffset at)
    {
        var second = Officers.Where(officer => officer.Role == Role.Dispatcher).ElementAt(1);
        return new Actor(second.UserId, second.Name, second.Unit, _units.ShortName(second.Unit), second.Role, at);
    }

    public Actor DistrictLeader(DateTimeOffset at) => Actor(_district, Role.DistrictLeader, at);

    public Actor Archivist(DateTimeOffset at) => Actor(Unit("区档案馆"), Role.Archivist, at);

    private static string NameFor(OrgPath unit, Role role)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{unit}{role}"));
        return s_surnames[hash[0] % s_surnames.Length] + s_given[hash[1] % s_given.Length];
    }

    // The same people have the same ids in every demo city.
    private static string IdOf(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"demo:{name}")).AsSpan(0, 16)).ToString();
}
