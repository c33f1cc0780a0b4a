using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace JieSuJiBan.Tests.Support;

/// <summary>
/// What Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2, frozen) says of its documents: the fields of each in the order of its
/// examples, and how JSON follows from XML.
/// </summary>
internal static partial class GeoReport
{
    public const string Specification = "http://wiki.open311.org/GeoReport_v2";

    public static readonly string[] Discovery = ["changeset", "contact", "key_service", "endpoints"];
    public static readonly string[] Endpoint = ["specification", "url", "changeset", "type", "formats"];
    public static readonly string[] Service = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];
    public static readonly string[] Definition = ["service_code", "attributes"];
    public static readonly string[] Attribute = ["variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"];
    public static readonly string[] Value = ["key", "name"];
    public static readonly string[] Posted = ["service_request_id", "service_notice", "account_id"];
    public static readonly string[] Token = ["service_request_id", "token"];

    public static readonly string[] Request =
    [
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible", "service_notice",
        "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
    ];

    public static readonly string[] Error = ["code", "description"];

    public static readonly string[] Datatypes = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"];
    public static readonly string[] Types = ["realtime", "batch", "blackbox"];

    /// <summary>Containers, and what stands in them once or often.</summary>
    private static readonly Dictionary<string, string> s_lists = new()
    {
        ["services"] = "service",
        ["attributes"] = "attribute",
        ["values"] = "value",
        ["service_requests"] = "request",
        ["errors"] = "error",
        ["endpoints"] = "endpoint",
        ["formats"] = "format",
    };

    /// <summary>The Spark convention: lists lose their items' names, everything else becomes a property; an empty element is null.</summary>
    public static JsonNode? Spark(XElement element)
    {
        Assert.Empty(element.Attributes());
        Assert.Equal(XNamespace.None, element.Name.Namespace);
        if (s_lists.TryGetValue(element.Name.LocalName, out var item))
        {
            Assert.All(element.Elements(), child => Assert.Equal(item, child.Name.LocalName));
            return new JsonArray([.. element.Elements().Select(Spark)]);
        }

        return element.HasElements
            ? new JsonObject(element.Elements().Select(child => KeyValuePair.Create(child.Name.LocalName, Spark(child))))
            : element.Value.Length == 0 ? null : JsonValue.Create(element.Value);
    }

    /// <summary>The same with every value as text, as XML has it.</summary>
    public static JsonNode? AsText(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => new JsonArray([.. array.Select(AsText)]),
        JsonObject members => new JsonObject(members.Select(pair => KeyValuePair.Create(pair.Key, AsText(pair.Value)))),
        JsonValue value when value.TryGetValue<bool>(out var flag) => JsonValue.Create(flag ? "true" : "false"),
        JsonValue value when value.TryGetValue<double>(out var number) => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        _ => node.GetValue<string>() is { Length: > 0 } text ? JsonValue.Create(text) : null,
    };

    /// <summary>Exactly these fields, each once.</summary>
    public static void HasFields(JsonNode? node, string[] fields) => Assert.Equal(fields, Assert.IsType<JsonObject>(node).Select(pair => pair.Key));

    /// <summary>ISO 8601 with its zone (w3 note).</summary>
    public static DateTimeOffset Time(JsonNode? node)
    {
        var text = node!.GetValue<string>();
        Assert.Matches(W3Time(), text);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex W3Time();
}
