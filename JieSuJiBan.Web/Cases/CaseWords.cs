using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>
/// What a case is found by, as words with spaces between them: of its number, title and place every sign and every two and three
/// neighbouring signs, and marks for whatever sight and the filters of a list ask, so that one index answers all of it at once. Marks begin with
/// an underscore, which no text does. Kept in the transaction that changes the case; an index over it is kept by the database itself.
/// </summary>
public sealed class CaseWords : SearchWords
{
    public static CaseWords Of(CaseFile file) => new() { Stream = file.Id, Words = WordsOf(file) };

    private static string WordsOf(CaseFile file) =>
        string.Join(' ', SearchText.WordsOf(file.Number, file.SourceNumber, file.Title, file.Place).Concat(Marks(file).Order(StringComparer.Ordinal)));

    internal static string District(OrgPath district) => Mark('d', district);

    /// <summary>A unit with a part in the case now.</summary>
    internal static string Part(OrgPath unit) => Mark('u', unit);

    internal static string Lead(OrgPath unit) => Mark('l', unit);

    internal static string Home(OrgPath unit) => Mark('h', unit);

    /// <summary>Whom a 举报 is about.</summary>
    internal static string Reported(OrgPath unit) => Mark('r', unit);

    internal static string Status(CaseStatus status) => $"_s{status.ToString().ToLowerInvariant()}";

    /// <summary>A status in the pool of what was found before anybody complained: a word of its own, since most cases of a district may have the status.</summary>
    internal static string InPool(CaseStatus status) => $"_p{Status(status)}";

    internal const string Open = "_open", Proactive = "_proactive", Late = "_late";

    private static IEnumerable<string> Marks(CaseFile file)
    {
        yield return District(file.District);
        yield return Status(file.Status);
        if (file.IsOpen)
        {
            yield return Open;
        }

        if (file.IsProactive)
        {
            yield return Proactive;
            yield return InPool(file.Status);
        }

        // The clock says when the limit is reached; until it has looked, a case is late by a few seconds only.
        if (file is { IsOpen: true, IsLimitReached: true, DueAt: not null, SuspendedAt: null } && file.Status is not (CaseStatus.Answered or CaseStatus.CalledBack))
        {
            yield return Late;
        }

        if (file.FirstReceiver is { } lead)
        {
            yield return Lead(lead);
        }

        if (file.ReportedUnit is { } reported)
        {
            yield return Reported(reported);
        }

        foreach (var unit in file.Parties.Where(party => party.IsCurrent).Select(party => party.Unit).Distinct())
        {
            yield return Part(unit);
        }

        foreach (var party in file.Parties.Where(party => party.Part == Domain.Cases.Part.Home))
        {
            yield return Home(party.Unit);
        }
    }
}

internal static class OpenedWords
{
    /// <summary>Makes a case findable that is new on the books.</summary>
    public static void MakeFindable(this DbContext db, CaseFile opened) => db.Add(CaseWords.Of(opened));
}
