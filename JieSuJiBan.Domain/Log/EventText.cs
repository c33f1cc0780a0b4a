using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JieSuJiBan.Domain.Log;

/// <summary>How an event becomes text and comes back. The text is stored and hashed as it is, so it is never re-written on reading.</summary>
public static class EventText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        // The text goes to a database and a hash, never into a page: Chinese stays legible in it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly FrozenDictionary<string, Type> s_types = typeof(LogEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(LogEvent)) && !type.IsAbstract)
        .ToFrozenDictionary(type => NameOf(type));

    private static readonly FrozenDictionary<Type, string> s_names = s_types.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IReadOnlyDictionary<string, Type> Types => s_types;

    public static string Name(LogEvent happened) => s_names[happened.GetType()];

    public static string Name<TEvent>()
        where TEvent : LogEvent => s_names[typeof(TEvent)];

    public static string Write(LogEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), s_options);

    public static LogEvent Read(string name, string text) =>
        s_types.TryGetValue(name, out var type)
            ? (LogEvent)JsonSerializer.Deserialize(text, type, s_options)!
            : throw new InvalidOperationException($"The log holds an event named '{name}', which this version does not know.");

    private static string NameOf(Type type) =>
        type.GetCustomAttribute<StoredAsAttribute>()?.Name ?? throw new InvalidOperationException($"{type.Name} has no [StoredAs] name.");
}
