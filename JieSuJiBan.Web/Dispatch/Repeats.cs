using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>An earlier case that may be about the same. <paramref name="Likeness"/> is 0 to 1.</summary>
public sealed record Repeat(CaseLine Case, bool IsSamePerson, double Likeness)
{
    /// <summary>So alike, from one person: the same matter again.</summary>
    public const double Same = 0.6;

    public bool IsSameMatter => IsSamePerson && Likeness >= Same;

    /// <summary>Unlike ones of one person are his history, and no candidates.</summary>
    public bool CanTakeIn => Likeness >= 0.3 && !Case.Status.IsFinished();
}

/// <summary>Finds what the same person demanded before, and what others say in nearly the same words.</summary>
public sealed class Repeats(IDbContextFactory<PortalDbContext> databases, SimilarTexts similar)
{
    private const int Shown = 10;

    /// <summary>Only what the reader may see; the same matter of the same person first.</summary>
    public async Task<IReadOnlyList<Repeat>> FindAsync(CaseFile file, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var visible = by.IsPortal ? db.Cases.AsNoTracking().Where(other => other.District == file.District) : db.CasesFor(by);
        var own = await OwnAsync(db, file, cancellationToken);
        var ids = own.Concat(similar.Find(file, Shown * 2).Select(other => other.Key)).Where(id => id != file.Id).Distinct().ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await CaseList.Lines(visible.Where(other => ids.Contains(other.Id) && other.ReportedUnit == null)).ToListAsync(cancellationToken);
        var texts = await visible.Where(other => ids.Contains(other.Id)).Select(other => new { other.Id, other.Text }).ToDictionaryAsync(other => other.Id, other => other.Text, cancellationToken);

        return
        [
            .. found.Select(line => new Repeat(line, own.Contains(line.Id), Math.Max(Likeness.Of(file.Text, texts[line.Id]), line.Category == file.Category ? Likeness.Of(file.Title, line.Title) : 0)))
                .Where(repeat => repeat.IsSamePerson || repeat.Likeness >= Repeat.Same)
                .OrderByDescending(repeat => repeat.IsSameMatter).ThenByDescending(repeat => repeat.Likeness).Take(Shown),
        ];
    }

    private static async Task<HashSet<Guid>> OwnAsync(PortalDbContext db, CaseFile file, CancellationToken cancellationToken)
    {
        var trace = await db.Petitioners.Where(row => row.CaseId == file.Id).Select(row => row.Trace).SingleOrDefaultAsync(cancellationToken);
        return trace is null ? [] : [.. await db.Petitioners.Where(row => row.Trace == trace).OrderByDescending(row => row.CaseId).Take(Shown + 1).Select(row => row.CaseId).ToListAsync(cancellationToken)];
    }
}
