using System.Globalization;
using JieSuJiBan.Domain.Figures;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Figures;

/// <summary>
/// Adds what has changed to the tallies, every few seconds, each change once, whichever node does it; makes them anew from the cases,
/// and says where they differ.
/// </summary>
public sealed partial class FigureKeeper(IDbContextFactory<PortalDbContext> databases, TimeProvider time, ILogger<FigureKeeper> logger) : BackgroundService
{
    // How often the figures were counted anew: two that do it at once must not both add what is missing.
    private const string Rebuilt = "figures-rebuilt";

    // So many rows are held in memory: a year of a million cases has half a million.
    private const int AtOnce = 10_000;

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(5);

    private static readonly string s_added = string.Join(", ", Tally.Measures.Select(measure => $"\"{measure}\" = \"{measure}\" + excluded.\"{measure}\""));

    private static readonly Stretch[] s_stretches = Enum.GetValues<Stretch>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await FoldAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is SqliteException or DbUpdateException)
            {
                LogPutOff(exception);
            }
        }
    }

    public async Task FoldAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<FigureChange>().AnyAsync(cancellationToken))
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var stretch in s_stretches)
        {
            await FoldAsync(db, stretch, cancellationToken);
        }

        await db.Set<FigureChange>().ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Counts what was on the books before anything was counted.</summary>
    public async Task FillAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Cases.AnyAsync(cancellationToken) && !await db.Set<TallyRow>().AnyAsync(cancellationToken) && !await db.Set<FigureChange>().AnyAsync(cancellationToken))
        {
            await RebuildAsync(cancellationToken);
        }
    }

    /// <summary>Puts down what cases count for that are written past the log's way, into a database in which nothing was counted yet.</summary>
    internal static async Task PutAsync(PortalDbContext db, IReadOnlyDictionary<Cell, Tally> cells, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WriteAsync(db, SumsOf(cells).Where(sum => !sum.Value.IsNone).Select(sum => RowOf(sum.Key, sum.Value)), "", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Counts every case anew, and adds to each figure what it lacks. The cases are read as of one moment, while others go on writing; what
    /// they write adds to the figures as ever, so only the difference is right to be written, and only once.
    /// </summary>
    public async Task RebuildAsync(CancellationToken cancellationToken = default)
    {
        while (!await MendAsync(await DifferAsync(cancellationToken), cancellationToken))
        {
            // Another node was faster: then what is left after it.
        }
    }

    /// <summary>False if somebody has mended since it was looked for.</summary>
    internal async Task<bool> MendAsync(FigureGaps found, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isFirst = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Counters" ("Name", "Value") SELECT {Rebuilt}, {found.Rebuilt + 1}
            WHERE {found.Rebuilt} = COALESCE((SELECT "Value" FROM "Counters" WHERE "Name" = {Rebuilt}), 0)
            ON CONFLICT ("Name") DO UPDATE SET "Value" = excluded."Value"
            """,
            cancellationToken) == 1;
        if (isFirst)
        {
            await WriteAsync(db, found.Differing.Select(one => RowOf(one.Key, one.Counted - one.Kept)), $"ON CONFLICT DO UPDATE SET {s_added}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return isFirst;
    }

    /// <summary>Where the figures are not what the cases add up to.</summary>
    public async Task<FigureReport> CompareAsync(CancellationToken cancellationToken = default)
    {
        await FoldAsync(cancellationToken);
        var found = await DifferAsync(cancellationToken);
        return new FigureReport(found.Figures, [.. found.Differing.Select(one => $"{one.Key}: kept {one.Kept}; counted {one.Counted}")]);
    }

    internal async Task<FigureGaps> DifferAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var moment = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(moment, cancellationToken);

        var rebuilt = await db.Counters.Where(counter => counter.Name == Rebuilt).Select(counter => counter.Value).FirstOrDefaultAsync(cancellationToken);
        var cells = await CountAsync(db, cancellationToken);
        var differing = new List<(TallyKey Key, Tally Kept, Tally Counted)>();
        var kept = 0;
        await using (var command = moment.Connection!.CreateCommand())
        {
            command.Transaction = moment;
            command.CommandText = $"""
                SELECT "District", "Dimension", "Stretch", "Start", "Subject", {FigureBook.Sums} FROM (
                    SELECT "District", "Dimension", "Stretch", "Start", "Subject", {FigureBook.Names} FROM "Tallies"
                    {string.Join(' ', s_stretches.Select(stretch => $"""
                    UNION ALL SELECT "District", "Dimension", {(int)stretch}, {stretch.StartSql()}, "Subject", {FigureBook.Names} FROM "FigureChanges" {WhichOf(stretch)}
                    """))})
                GROUP BY 1, 2, 3, 4, 5
                """;
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var key = new TallyKey(
                    new OrgPath(rows.GetString(0)), Enum.Parse<Dimension>(rows.GetString(1)), (Stretch)rows.GetInt32(2),
                    DateOnly.ParseExact(rows.GetString(3), "yyyy-MM-dd", CultureInfo.InvariantCulture), rows.GetString(4));
                var tally = FigureBook.TallyOf(rows, 5);
                var counted = cells.Remove(key, out var sum) ? sum : Tally.None;
                if (tally != counted)
                {
                    differing.Add((key, tally, counted));
                }

                kept++;
            }
        }

        differing.AddRange(cells.Where(counted => !counted.Value.IsNone).Select(counted => (counted.Key, Tally.None, counted.Value)));
        return new FigureGaps(kept, rebuilt, differing);
    }

    private static async Task FoldAsync(PortalDbContext db, Stretch stretch, CancellationToken cancellationToken)
    {
        // Only names of the model and constants of this class stand in it.
#pragma warning disable EF1002
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO "Tallies" ("District", "Dimension", "Stretch", "Start", "Subject", {FigureBook.Names})
            SELECT "District", "Dimension", {(int)stretch}, {stretch.StartSql()}, "Subject", {FigureBook.Sums} FROM "FigureChanges" {WhichOf(stretch)}
            GROUP BY 1, 2, 4, 5
            ON CONFLICT DO UPDATE SET {s_added}
            """,
            cancellationToken);
#pragma warning restore EF1002
    }

    // Row by row, so that a million cases need the memory of their sums only.
    private static async Task<Dictionary<TallyKey, Tally>> CountAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var cells = new Dictionary<Cell, Tally>();
        await foreach (var fact in db.Cases.Select(CaseFacts.OfRow).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            fact.Count(cells);
        }

        return SumsOf(cells);
    }

    private static Dictionary<TallyKey, Tally> SumsOf(IReadOnlyDictionary<Cell, Tally> cells)
    {
        var sums = new Dictionary<TallyKey, Tally>();
        foreach (var (cell, tally) in cells)
        {
            foreach (var stretch in s_stretches.Where(stretch => IsKept(cell.Dimension, stretch)))
            {
                var key = new TallyKey(cell.District, cell.Dimension, stretch, stretch.StartOf(cell.Day), cell.Subject);
                sums[key] = sums.TryGetValue(key, out var sum) ? sum + tally : tally;
            }
        }

        return sums;
    }

    private static async Task WriteAsync(PortalDbContext db, IEnumerable<TallyRow> rows, string onConflict, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(AtOnce))
        {
            await db.InsertManyAsync(some, onConflict, cancellationToken);
        }
    }

    // What happens in a street about one thing is counted by the month only: its cell is the month's first day.
    private static bool IsKept(Dimension dimension, Stretch stretch) => stretch == Stretch.Month || dimension != Dimension.StreetCategory;

    private static string WhichOf(Stretch stretch) => IsKept(Dimension.StreetCategory, stretch) ? "WHERE 1" : $"WHERE \"Dimension\" <> '{nameof(Dimension.StreetCategory)}'";

    private static TallyRow RowOf(TallyKey key, Tally tally)
    {
        var row = new TallyRow { District = key.District, Dimension = key.Dimension, Stretch = key.Stretch, Start = key.Start, Subject = key.Subject };
        row.Add(tally);
        return row;
    }

    [LoggerMessage(LogLevel.Warning, "The figures could not be added up; they will be in the next round.")]
    private partial void LogPutOff(Exception exception);

    internal readonly record struct TallyKey(OrgPath District, Dimension Dimension, Stretch Stretch, DateOnly Start, string Subject);

    /// <summary>What was kept and what was counted, where that differs, and how often figures had been mended when it was looked at.</summary>
    internal sealed record FigureGaps(int Figures, int Rebuilt, IReadOnlyList<(TallyKey Key, Tally Kept, Tally Counted)> Differing);
}

/// <summary>How many figures were compared, and what was wrong.</summary>
public sealed record FigureReport(int Figures, IReadOnlyList<string> Differing);
