using System.Text;
using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Web.Cases;

/// <summary>What something is found by, as words with spaces between them. A full-text index over them is kept by the database itself.</summary>
public abstract class SearchWords
{
    /// <summary>Rises with each that is put on the books.</summary>
    public long No { get; init; }

    /// <summary>Whose words they are.</summary>
    public required Guid Stream { get; init; }

    public required string Words { get; set; }

    /// <summary>A word that no text has, since it begins with an underscore.</summary>
    protected static string Mark(char kind, OrgPath unit)
    {
        var mark = new StringBuilder("_").Append(kind);
        foreach (var sign in unit.Value.Trim('/'))
        {
            mark.Append(char.IsAsciiLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '_');
        }

        return mark.ToString();
    }
}
