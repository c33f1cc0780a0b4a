using System.Collections.Concurrent;
using System.Reflection;

namespace JieSuJiBan.Domain;

/// <summary>The Chinese term of a value, as the glossary has it. It is also the key of the English translation.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string chinese) : Attribute
{
    public string Chinese { get; } = chinese;
}

public static class Words
{
    private static readonly ConcurrentDictionary<Enum, string> s_words = [];

    public static string Word(this Enum value) => s_words.GetOrAdd(value, static value =>
        value.GetType().GetField(value.ToString())?.GetCustomAttribute<WordAttribute>()?.Chinese ?? value.ToString());
}
