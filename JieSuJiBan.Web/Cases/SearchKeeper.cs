using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Cases;

/// <summary>Makes cases findable that are older than the search is, and all of them anew.</summary>
public sealed class SearchKeeper(IDbContextFactory<PortalDbContext> databases)
{
    private const int AtOnce = 1000;

    // The name under which it is kept that no case is missing: every one that came later was made findable when it was opened.
    private const string Filled = "search-filled";

    public async Task FillAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Counters.AnyAsync(counter => counter.Name == Filled, cancellationToken))
        {
            await WriteAllAsync(isOnlyMissing: true, cancellationToken);
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({Filled}, 1) ON CONFLICT ("Name") DO NOTHING""", cancellationToken);
        }
    }

    /// <summary>
    /// Reads every case again, and builds the index from nothing. While it builds, nobody else can write: with many cases let the portal
    /// stand. The answer is how many cases were not as they should be.
    /// </summary>
    public async Task<int> RebuildAsync(CancellationToken cancellationToken = default)
    {
        var wrong = await WriteAllAsync(isOnlyMissing: false, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await BuildAsync(db, cancellationToken);
        return wrong;
    }

    /// <summary>The index from what the cases are found by, in one piece.</summary>
    internal static Task BuildAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "CaseSearch" ("CaseSearch", "rank") VALUES ('hashsize', 67108864);
        INSERT INTO "CaseSearch" ("CaseSearch") VALUES ('rebuild');
        INSERT INTO "CaseSearch" ("CaseSearch") VALUES ('optimize');
        INSERT INTO "CaseSearch" ("CaseSearch", "rank") VALUES ('hashsize', 1048576);
        """,
        cancellationToken);

    private async Task<int> WriteAllAsync(bool isOnlyMissing, CancellationToken cancellationToken)
    {
        var wrong = 0;
        for (var last = Guid.Empty; ;)
        {
            // One transaction for what is read and what is written of it, or somebody's change in between would be lost.
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var ids = await db.Cases.Where(file => file.Id.CompareTo(last) > 0 && !(isOnlyMissing && db.Set<CaseWords>().Any(words => words.CaseId == file.Id)))
                .OrderBy(file => file.Id).Select(file => file.Id).Take(AtOnce).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return wrong;
            }

            var known = await db.Set<CaseWords>().Where(words => ids.Contains(words.CaseId)).ToDictionaryAsync(words => words.CaseId, cancellationToken);
            foreach (var file in await CaseDesk.WithParts(db.Cases.AsNoTracking()).Where(file => ids.Contains(file.Id)).OrderBy(file => file.Id).ToListAsync(cancellationToken))
            {
                var words = CaseWords.Of(file);
                if (!known.TryGetValue(file.Id, out var row))
                {
                    db.Add(words);
                    wrong++;
                }
                else if (row.Words != words.Words)
                {
                    row.Words = words.Words;
                    wrong++;
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            last = ids[^1];
        }
    }
}
