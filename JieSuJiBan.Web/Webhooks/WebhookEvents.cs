using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Whistles;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>What other systems can be told of: the stored names of events.</summary>
internal static class WebhookEvents
{
    public const string AnyCase = "case.*", AnyWhistle = "whistle.*", Ping = "ping";

    // Who looked at what, who keeps out of what, and what is said in a room stay in the house.
    private static readonly HashSet<Type> s_internal =
        [typeof(PetitionerRevealed), typeof(PetitionerErased), typeof(FullFileRead), typeof(OfficerWithdrew), typeof(MessagePosted), typeof(AskSeen)];

    public static readonly IReadOnlyList<string> Names =
    [
        .. EventText.Types.Where(type => (type.Value.IsSubclassOf(typeof(CaseEvent)) || type.Value.IsSubclassOf(typeof(WhistleEvent))) && !s_internal.Contains(type.Value))
            .Select(type => type.Key).Order(StringComparer.Ordinal),
    ];

    private static readonly HashSet<string> s_known = [.. Names];

    /// <summary>A name, or all of a kind.</summary>
    public static bool IsPattern(string text) => text is AnyCase or AnyWhistle || s_known.Contains(text);

    public static bool Matches(IReadOnlyCollection<string> patterns, string name) =>
        s_known.Contains(name) && (patterns.Contains(name) || patterns.Contains($"{name[..name.IndexOf('.', StringComparison.Ordinal)]}.*"));
}
