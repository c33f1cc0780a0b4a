using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;

namespace JieSuJiBan.Web.PublicDoor;

/// <summary>What lets a petitioner follow his case without an account: of his code and of his report only the hashes are kept.</summary>
public sealed class FollowUp
{
    public required Guid CaseId { get; init; }
    public required byte[] CodeHash { get; init; }

    /// <summary>The same report sent twice is one case.</summary>
    public required byte[] ReportHash { get; init; }
}

/// <summary>
/// A follow-up code: twelve characters of Crockford's alphabet, 60 bits. It is made from the number that the sender's browser chose at
/// random for his report, so whoever did not hear the answer sends his report again and is given the same code, though it is nowhere kept.
/// </summary>
public static class FollowUpCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;

    /// <summary>The same key with other words is another report: a browser may bring back an old form, key and all.</summary>
    public static string For(Guid key, string text)
    {
        var bits = Hash("code", key.ToString("N"), text);
        var code = string.Concat(bits.Take(Length).Select(bit => Alphabet[bit & 31]));
        return $"{code[..4]}-{code[4..8]}-{code[8..]}";
    }

    public static byte[] HashReport(Guid key, string text) => Hash("report", key.ToString("N"), text);

    /// <summary>Bound to its case, so that equal codes have different hashes.</summary>
    public static byte[] HashCode(Guid caseId, string code) => Hash("follow", caseId.ToString("N"), Tidy(code));

    /// <summary>As people type it: any case, with or without dashes, O for 0 and I or L for 1.</summary>
    public static string Tidy(string code)
    {
        var letters = code.Narrow().ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)
            .Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter });
        return string.Concat(letters.Take(Length + 1));
    }

    private static byte[] Hash(params string[] parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
}
