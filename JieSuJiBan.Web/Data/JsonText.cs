using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace JieSuJiBan.Web.Data;

/// <summary>A small value that is shown and never asked for, in one column.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static ValueConverter<T?, string?> Of<T>()
        where T : class => new(value => Write(value), text => Read<T>(text));

    public static ValueComparer<T?> Comparer<T>()
        where T : class => new((left, right) => Write(left) == Write(right), value => value == null ? 0 : Write(value)!.GetHashCode(StringComparison.Ordinal));

    private static string? Write<T>(T? value) => value is null ? null : JsonSerializer.Serialize(value, s_options);

    private static T? Read<T>(string? text) => text is null ? default : JsonSerializer.Deserialize<T>(text, s_options);
}
