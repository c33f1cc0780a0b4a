using System.Text.RegularExpressions;
using JieSuJiBan.Domain.Cases;

namespace JieSuJiBan.Web.Reports;

/// <summary>Takes out of a text what tells who the petitioner is: his own name, phone and address, and any phone, ID or door number.</summary>
/// <param name="petitioner">Who it is; null if there is none, or he has been erased.</param>
/// <param name="isErased">Nobody knows any more which words tell who he was: then no free text is shown at all.</param>
internal sealed partial class Masking(Petitioner? petitioner, bool isErased)
{
    /// <summary>For texts of which nobody knows whose they are.</summary>
    public static readonly Masking Anybodys = new(petitioner: null, isErased: false);

    public const string Erased = "（诉求人信息已清除，原文见结案时存的案卷）";

    public string Apply(string text)
    {
        if (isErased && text.Length > 0)
        {
            return Erased;
        }

        foreach (var (secret, shown) in Secrets())
        {
            text = text.Replace(secret, shown, StringComparison.Ordinal);
        }

        text = IdNumbers().Replace(text, match => $"{match.Value[..3]}{new string('*', match.Length - 3)}");
        text = Phones().Replace(text, match => match.Value.Length >= 11 ? $"{match.Value[..3]}****{match.Value[^4..]}" : new string('*', match.Length));
        return Doors().Replace(text, "**号楼**");
    }

    private IEnumerable<(string Secret, string Shown)> Secrets()
    {
        if (petitioner is null)
        {
            yield break;
        }

        var masked = petitioner.Masked();
        foreach (var (secret, shown) in new[] { (petitioner.Address, masked.Address), (petitioner.Phone, masked.Phone), (petitioner.Email, masked.Email), (petitioner.Name, masked.Name) })
        {
            if (secret.Trim().Length >= 2)
            {
                yield return (secret.Trim(), shown);
            }
        }
    }

    [GeneratedRegex(@"(?<!\d)\d{17}[\dXx](?!\d)")]
    private static partial Regex IdNumbers();

    [GeneratedRegex(@"(?<![\d-])(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8})(?![\d-])")]
    private static partial Regex Phones();

    [GeneratedRegex(@"\d+号楼\s*(\d+\s*单元)?\s*(\d{2,4}\s*(室|号|户)?)")]
    private static partial Regex Doors();
}
