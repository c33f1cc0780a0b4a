using System.Text.Json;
using System.Text.Json.Serialization;

namespace JieSuJiBan.Domain.Organisation;

/// <summary>
/// A unit's place in the tree and its key, e.g. <c>/11/110117/110117005/</c>. Divisions carry their national code, departments
/// <c>d.</c>, enterprises <c>e.</c> and sections <c>s.</c> before a short name, so a path says by itself what kind of unit it is.
/// Containment is a string prefix, so it is one rule in C# and a <c>LIKE</c> in SQL.
/// </summary>
[JsonConverter(typeof(OrgPathJson))]
public readonly record struct OrgPath(string Value)
{
    /// <summary>The seat of the portal itself: acts of the clock, and nothing else.</summary>
    public static readonly OrgPath Portal = new("/");

    public UnitKind Kind
    {
        get
        {
            var last = Segments is [.., var segment] ? segment : "";
            return last switch
            {
                ['d', '.', ..] => UnitKind.Department,
                ['e', '.', ..] => UnitKind.Enterprise,
                ['s', '.', ..] => UnitKind.Section,
                { Length: 2 } => UnitKind.City,
                { Length: 6 } => UnitKind.District,
                { Length: 9 } => UnitKind.Street,
                { Length: 12 } => UnitKind.Community,
                _ => UnitKind.None,
            };
        }
    }

    public OrgPath Parent => Value.Length < 2 ? Portal : new(Value[..(Value.LastIndexOf('/', Value.Length - 2) + 1)]);

    /// <summary>The district this unit belongs to; itself for a district; <see cref="Portal"/> above it.</summary>
    public OrgPath District => Segments is [var city, var district, ..] ? new($"/{city}/{district}/") : Portal;

    /// <summary>The street, department or enterprise that answers for this unit: itself, or the one it is a part of.</summary>
    public OrgPath Answering => Kind is UnitKind.Community or UnitKind.Section ? Parent : this;

    private string[] Segments => Value is null ? [] : Value.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public bool Contains(OrgPath other) => other.Value.StartsWith(Value, StringComparison.Ordinal);

    public OrgPath Child(string segment) => new($"{Value}{segment}/");

    public override string ToString() => Value;

    private sealed class OrgPathJson : JsonConverter<OrgPath>
    {
        public override OrgPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, OrgPath value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
