using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>
/// How many cases were dispatched on one day of Beijing with the same proposal: how sure the matcher was in hundredths (-1 if it proposed
/// nothing), whether it sent them alone, and whether it was right (1), wrong (0) or nobody can say (-1). The database counts them as
/// triages change.
/// </summary>
public sealed class DispatchDay
{
    /// <summary>The same from the triages, one by one.</summary>
    private const string Counted = """
        SELECT "District", ("DispatchedAt" + 288000000000) / 864000000000 AS "Day", CASE WHEN "Proposed" IS NULL THEN -1 ELSE CAST("Confidence" * 100 AS INTEGER) END AS "Step", "IsAutomatic",
            COALESCE("IsRight", -1) AS "Verdict", COUNT(*) AS "Count"
        FROM "Triage" WHERE "DispatchedAt" IS NOT NULL GROUP BY 1, 2, 3, 4, 5
        """;

    private const string Kept = """SELECT "District", "Day", "Step", "IsAutomatic", "Verdict", "Count" FROM "DispatchDays" WHERE "Count" <> 0""";

    public OrgPath District { get; init; }

    /// <summary>As <see cref="DateOnly.DayNumber"/>.</summary>
    public int Day { get; init; }

    public int Step { get; init; }
    public bool IsAutomatic { get; init; }
    public int Verdict { get; init; }
    public int Count { get; init; }

    /// <summary>How many lines there are, and how many are not what the triages add up to.</summary>
    public static async Task<(int Lines, int Differing)> CompareAsync(PortalDbContext db, CancellationToken cancellationToken = default)
    {
        // Only the two questions above stand in it.
#pragma warning disable EF1002
        return (await db.Database.SqlQueryRaw<int>($"""SELECT COUNT(*) AS "Value" FROM ({Kept})""").SingleAsync(cancellationToken),
            await db.Database.SqlQueryRaw<int>($"""
                SELECT (SELECT COUNT(*) FROM (SELECT * FROM ({Kept}) EXCEPT SELECT * FROM ({Counted}))) + (SELECT COUNT(*) FROM (SELECT * FROM ({Counted}) EXCEPT SELECT * FROM ({Kept}))) AS "Value"
                """).SingleAsync(cancellationToken));
#pragma warning restore EF1002
    }

    /// <summary>Counts every triage anew.</summary>
    public static async Task RebuildAsync(PortalDbContext db, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "DispatchDays" """, cancellationToken);
        await db.Database.ExecuteSqlRawAsync($"""INSERT INTO "DispatchDays" ("District", "Day", "Step", "IsAutomatic", "Verdict", "Count") {Counted}""", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
