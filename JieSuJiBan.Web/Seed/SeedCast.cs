using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Organisation;

namespace JieSuJiBan.Web.Seed;

/// <summary>A place that demands are about, and the community it lies in.</summary>
internal sealed record SeedPlace(OrgPath Home, string Name);

/// <summary>朝阳区's units, the invented places in its communities and the invented officers of every unit.</summary>
internal sealed class SeedCast
{
    public static readonly OrgPath District = new("/11/110105/");

    private static readonly string[] s_surnames = ["张", "李", "刘", "杨", "郑", "冯", "许", "唐", "曹", "袁", "于", "曾", "卢", "蒋", "贾", "薛", "潘", "杜", "侯", "孟", "龚", "熊", "段", "雷"];
    private static readonly string[] s_given = ["立新", "文博", "海燕", "志刚", "雅琴", "振华", "晓东", "丽娟", "建业", "思远", "春生", "玉梅", "嘉宁", "一鸣", "书瑶", "国强", "晨曦", "淑芳"];
    private static readonly string[] s_names = ["安和", "东润", "丰泽", "海悦", "和平", "华景", "嘉禾", "锦绣", "康乐", "丽泽", "明珠", "南湖", "青年", "瑞祥", "盛世", "泰和", "万和", "西园", "新天地", "兴隆", "雅居", "阳光", "银杏", "远景", "紫薇", "翠城", "芳园", "金穗"];
    private static readonly string[] s_kinds = ["家园", "小区", "花园", "公寓", "嘉园", "里", "苑", "大厦", "市场"];

    private readonly UnitBook _units;
    private readonly ConcurrentDictionary<(OrgPath, Role, int), Actor> _known = [];
    private readonly Dictionary<OrgPath, SeedPlace[]> _places;

    public SeedCast(UnitBook units)
    {
        _units = units;
        Streets = [.. units.Children(District, UnitKind.Street).Select(street => street.Path)];
        Units = [.. units.Children(District, UnitKind.Department, UnitKind.Enterprise).Select(unit => unit.Path).Where(unit => unit != Centre)];
        _places = Streets.ToDictionary(street => street, street => units.Children(street, UnitKind.Community).SelectMany(PlacesOf).OrderBy(place => Hash($"{place.Home}{place.Name}")[1]).ToArray());
        ByStreet = new Urn<OrgPath>(Streets.Select(street => (street, _places[street].Length * (0.5 + (Hash(street.Value)[0] / 128.0)))));
    }

    public IReadOnlyList<OrgPath> Streets { get; }

    /// <summary>The district's departments and enterprises, the command centre apart.</summary>
    public IReadOnlyList<OrgPath> Units { get; }

    public UnitBook Book => _units;

    private Urn<OrgPath> ByStreet { get; }

    public OrgPath Centre { get; } = District.Child("d.zhzx");

    /// <summary>Large streets often, and in each some places again and again.</summary>
    public SeedPlace Place(Random chance) => chance.Skewed(_places[ByStreet.Draw(chance)]);

    /// <summary>Who does the daily work of a unit; a unit has some of them.</summary>
    public Actor Officer(OrgPath unit, DateTimeOffset at, int which = 0) => Actor(
        unit,
        unit.Kind switch
        {
            UnitKind.Street => Role.StreetOfficer,
            UnitKind.Community => Role.CommunityWorker,
            UnitKind.Section when unit.Parent.Kind == UnitKind.Street => Role.StreetSection,
            UnitKind.Enterprise => Role.EnterpriseOfficer,
            _ => Role.DepartmentOfficer,
        },
        at,
        which % 4);

    public Actor Head(OrgPath unit, DateTimeOffset at) => Actor(unit, unit.Kind == UnitKind.Street ? Role.StreetLeader : Role.DepartmentHead, at);

    public Actor Dispatcher(DateTimeOffset at, int which = 0) => Actor(Centre, Role.Dispatcher, at, which % 12);

    public Actor Supervisor(DateTimeOffset at) => Actor(District.Child("d.dcs"), Role.Supervisor, at);

    public Actor Leader(DateTimeOffset at) => Actor(District, Role.DistrictLeader, at);

    public Actor Actor(OrgPath unit, Role role, DateTimeOffset at, int which = 0) =>
        _known.GetOrAdd((unit, role, which), static (key, units) => new Actor(
            IdOf($"{key.Item1}{key.Item2}{key.Item3}"), NameOf($"{key.Item1}{key.Item2}{key.Item3}"), key.Item1, units.ShortName(key.Item1), key.Item2, DateTimeOffset.MinValue), _units) with
        { SignedInAt = at };

    /// <summary>The firm that a demand of such a matter would name: one of some hundred, the same for the same place.</summary>
    public static string? FirmOf(string category, SeedPlace place)
    {
        var kind = category.Split('/') switch
        {
            ["物业管理", "物业服务", ..] or ["物业管理", "房屋与设施维修", "电梯故障"] or ["停车管理", "机动车停车", "停车收费" or "小区停车难"] => "物业服务有限公司",
            [_, _, "施工噪声" or "施工扬尘"] => "建筑工程有限公司",
            [_, _, "餐饮油烟" or "店外经营"] => "餐饮店",
            [_, "校外培训", ..] => "培训学校",
            _ => null,
        };
        return kind is null ? null : $"朝阳{Hash($"{place.Home}{place.Name}")[2] / 2}号{kind}";
    }

    /// <summary>An invented name for anything that has one.</summary>
    public static string NameOf(string key)
    {
        var hash = Hash(key);
        return s_surnames[hash[0] % s_surnames.Length] + s_given[hash[1] % s_given.Length];
    }

    private static IEnumerable<SeedPlace> PlacesOf(OrgUnit community) => Enumerable.Range(0, 3 + (Hash(community.Path.Value)[2] % 5))
        .Select(no => Hash($"{community.Path}{no}"))
        .Select(hash => new SeedPlace(community.Path, s_names[hash[0] % s_names.Length] + (hash[2] < 64 ? "东" : hash[2] < 128 ? "西" : "") + s_kinds[hash[1] % s_kinds.Length]))
        .DistinctBy(place => place.Name);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes($"seed:{text}"));

    private static string IdOf(string text) => new Guid(Hash(text).AsSpan(0, 16)).ToString();
}
