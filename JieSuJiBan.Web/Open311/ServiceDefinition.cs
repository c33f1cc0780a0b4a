using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Open311;

/// <summary>What a service asks beyond the standard fields: which matter exactly, what the petitioner wants, and where exactly.</summary>
internal static class ServiceDefinition
{
    /// <summary>The names under which a POST may answer.</summary>
    public const string MatterField = "attribute[MATTER]", NatureField = "attribute[NATURE]", PlaceField = "attribute[PLACE_DETAIL]";

    public static readonly IReadOnlyList<string> Parameters = [MatterField, NatureField, PlaceField];

    public static Nature? NatureOf(string key) =>
        Enum.GetValues<Nature>().Where(nature => KeyOf(nature) == key).Select(nature => (Nature?)nature).FirstOrDefault();

    public static Document Of(Service service) => new("service_definition", new Fields(
        ("service_code", service.Code),
        ("attributes", new Items("attribute",
        [
            Attribute(1, MatterField, "singlevaluelist", "具体事项", "不清楚可以不选。", service.Matters.Select(matter => (service.CodeOfMatter(matter), matter))),
            Attribute(2, NatureField, "singlevaluelist", "诉求性质", "不选为求助。", Enum.GetValues<Nature>().Select(nature => (KeyOf(nature), nature.Word()))),
            Attribute(3, PlaceField, "string", "详细位置", "如楼号、路口、店名。不要写诉求人的住址。", []),
        ]))));

    private static Fields Attribute(int order, string parameter, string datatype, string description, string help, IEnumerable<(string Key, string Name)> values) => new(
        ("variable", true),
        ("code", parameter["attribute[".Length..^1]),
        ("datatype", datatype),
        ("required", false),
        ("datatype_description", help),
        ("order", order),
        ("description", description),
        ("values", new Items("value", values.Select(value => new Fields(("key", value.Key), ("name", value.Name))))));

    private static string KeyOf(Nature nature) => nature.ToString().ToLowerInvariant();
}
