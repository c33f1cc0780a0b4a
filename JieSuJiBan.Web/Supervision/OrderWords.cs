using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Supervision;
using JieSuJiBan.Web.Cases;

namespace JieSuJiBan.Web.Supervision;

/// <summary>
/// What an order is found by: of its number, its title and the number of what it is about every sign and every two and three
/// neighbouring signs, and marks for whatever sight and the filters of the list ask that the order keeps: its district, its units, its kind, and
/// that it is open. Of all this only the last ever changes, and that once.
/// </summary>
public sealed class OrderWords : SearchWords
{
    internal const string Open = "_open";

    public static OrderWords Of(SupervisionOrder order) => new() { Stream = order.Id, Words = WordsOf(order) };

    internal static string District(OrgPath district) => Mark('d', district);

    /// <summary>A unit that was given it, gave it or has a copy of it.</summary>
    internal static string Part(OrgPath unit) => Mark('u', unit);

    /// <summary>Who has to answer.</summary>
    internal static string Addressee(OrgPath unit) => Mark('l', unit);

    internal static string Kind(SupervisionKind kind) => $"_k{kind.ToString().ToLowerInvariant()}";

    private static string WordsOf(SupervisionOrder order) =>
        string.Join(' ', SearchText.WordsOf(order.Number, order.Title, order.SubjectNumber).Concat(Marks(order).Order(StringComparer.Ordinal)));

    private static IEnumerable<string> Marks(SupervisionOrder order) =>
    [
        District(order.District), Addressee(order.Unit), Kind(order.Kind),
        .. order.Parties.Select(party => party.Unit).Distinct().Select(Part),
        .. order.IsOpen ? [Open] : Array.Empty<string>(),
    ];
}
