using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Dispatch;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using JieSuJiBan.Web.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Intake;

/// <summary>
/// Imports one file: walks through all of it first, so that a broken one leaves nothing behind, then takes it in batch by batch. A
/// batch is one short transaction with its results and the run's figures; between two of them others have their turn, and the import
/// can be cancelled. What was taken in before a cancellation or a crash is known the next time.
/// </summary>
public sealed partial class Importer(
    IDbContextFactory<PortalDbContext> databases, OrderDesk desk, Gazetteer gazetteer, UnitBook units, DutyBook duties, TimeRules rules, Feed feed, ImportFiles files,
    IOptions<IntakeOptions> options, TimeProvider time, ILogger<Importer> logger)
{
    private const int Batch = 500;

    /// <summary>How often whoever waits for a case, or looks at the import, is woken.</summary>
    private static readonly TimeSpan s_wake = TimeSpan.FromSeconds(1);

    public SheetLimits Limits => new(options.Value.MaxRows, ScratchFolder: files.Folder);

    /// <summary>Imports a file that lies at <paramref name="path"/>; the run says what came of it.</summary>
    /// <param name="cancel">Somebody does not want it any longer.</param>
    /// <param name="stopping">The portal is being stopped.</param>
    public async Task RunAsync(Guid id, string path, Actor by, CancellationToken cancel, CancellationToken stopping = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        try
        {
            await ImportAsync(id, path, by, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await EndAsync(id, by.Unit.District, cancel.IsCancellationRequested ? ImportStatus.Cancelled : ImportStatus.Interrupted);
        }
        catch (Exception exception)
        {
            logger.ImportFailed(id, exception);
            await EndAsync(id, by.Unit.District, ImportStatus.Interrupted);
        }
    }

    internal OrderReader ReaderOf(ImportRun run, ColumnMap map) =>
        new(map, new DistrictNames(units, run.District), [.. duties.MattersOf(run.District).Select(line => line.Terms)], rules, time.GetUtcNow());

    /// <summary>Makes an order of a row; where it names no street, by what is known of its address.</summary>
    internal async ValueTask<Order> ReadAsync(OrderReader reader, SheetRow row, OrgPath district, CancellationToken cancel)
    {
        var order = reader.Read(row);
        return order.Address is { } address && await gazetteer.FindAsync(district, address, cancel) is { } known ? reader.Read(row, known.Home) : order;
    }

    private async Task ImportAsync(Guid id, string path, Actor by, CancellationToken cancel)
    {
        var (sheet, outcome) = Sheet.Open(path, Limits);
        using (sheet)
        {
            var run = await BeginAsync(id, by.Unit.District, cancel);
            if ((outcome.Refusal ?? run.Map!.Check() ?? await CheckAsync(run, sheet!, cancel)) is { } refusal)
            {
                await EndAsync(id, by.Unit.District, ImportStatus.Refused, refusal);
                return;
            }

            await TakeInAsync(run, sheet!, by, cancel);
            await EndAsync(id, by.Unit.District, ImportStatus.Done);
        }
    }

    // The whole file once, to its last byte.
    private async Task<Refusal?> CheckAsync(ImportRun run, Sheet sheet, CancellationToken cancel)
    {
        var (total, told) = (0, time.GetTimestamp());
        using var rows = sheet.Read();
        while (rows.Next())
        {
            total += IsOrder(run.Map!, rows.Current) ? 1 : 0;
            if (total % Batch == 0 && time.GetElapsedTime(told) > s_wake)
            {
                told = time.GetTimestamp();
                await ChangeAsync(run.Id, run.District, set => set.SetProperty(stored => stored.Total, total));
            }

            cancel.ThrowIfCancellationRequested();
        }

        await ChangeAsync(run.Id, run.District, set => set.SetProperty(stored => stored.Total, total).SetProperty(stored => stored.Status, ImportStatus.Running));
        return rows.Refusal ?? (total == 0 ? new Refusal("intake.empty", "表头下面没有工单。", "There are no orders below the headings.") : null);
    }

    private async Task TakeInAsync(ImportRun run, Sheet sheet, Actor by, CancellationToken cancel)
    {
        var reader = ReaderOf(run, run.Map!);
        var (batch, concerned, woken) = (new List<Order>(Batch), new HashSet<Topic>(), time.GetTimestamp());
        var firstRows = new Dictionary<ulong, int>();  // a hash of each number: some bytes a row, however long the numbers are
        using var rows = sheet.Read();
        try
        {
            while (rows.Next())
            {
                if (!IsOrder(run.Map!, rows.Current))
                {
                    continue;
                }

                var order = await ReadAsync(reader, rows.Current, run.District, cancel);
                batch.Add(order.Refusal is null && !firstRows.TryAdd(HashOf(order.Number), order.Row) ? order with { RepeatOf = firstRows[HashOf(order.Number)] } : order);
                if (batch.Count == Batch)
                {
                    await SaveAsync();
                    cancel.ThrowIfCancellationRequested();
                }
            }

            if (rows.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"The file was whole when it was checked, and is not now: {refusal.English}");
            }

            await SaveAsync();
        }
        finally
        {
            Wake(run.District, concerned);
        }

        async Task SaveAsync()
        {
            concerned.UnionWith(await desk.TakeInAsync(batch, run.Id, run.District, by, NoteAsync));
            batch.Clear();
            if (time.GetElapsedTime(woken) > s_wake)
            {
                woken = time.GetTimestamp();
                Wake(run.District, concerned);
                concerned.Clear();
            }
        }
    }

    private async Task NoteAsync(PortalDbContext db, IReadOnlyList<ImportRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await db.InsertManyAsync(rows);
        var (id, now) = (rows[0].RunId, time.GetUtcNow());
        int Of(ImportResult result) => rows.Count(row => row.Result == result);
        var (added, updated, known, refused) = (Of(ImportResult.New), Of(ImportResult.Updated), Of(ImportResult.Known), Of(ImportResult.Refused));
        await db.ImportRuns.Where(run => run.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(run => run.Added, run => run.Added + added)
            .SetProperty(run => run.Updated, run => run.Updated + updated)
            .SetProperty(run => run.Known, run => run.Known + known)
            .SetProperty(run => run.Refused, run => run.Refused + refused)
            .SetProperty(run => run.UpdatedAt, now));
    }

    private async Task<ImportRun> BeginAsync(Guid id, OrgPath district, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await ChangeAsync(id, district, set => set.SetProperty(run => run.Status, ImportStatus.Checking).SetProperty(run => run.StartedAt, now));
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ImportRuns.AsNoTracking().SingleAsync(run => run.Id == id, cancel);
    }

    private Task EndAsync(Guid id, OrgPath district, ImportStatus status, Refusal? refusal = null)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(id, district, set => set
            .SetProperty(run => run.Status, status).SetProperty(run => run.Refusal, refusal).SetProperty(run => run.EndedAt, now));
    }

    private async Task ChangeAsync(Guid id, OrgPath district, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<ImportRun>> change)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync();
        await db.ImportRuns.Where(run => run.Id == id).ExecuteUpdateAsync(set =>
        {
            change(set);
            set.SetProperty(run => run.UpdatedAt, now);
        });
        Wake(district, []);
    }

    private void Wake(OrgPath district, HashSet<Topic> concerned)
    {
        foreach (var topic in concerned.Append(Topic.Imports(district)).ToList())
        {
            _ = Task.Run(() => feed.PublishAsync(topic));
        }
    }

    private static ulong HashOf(string number) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(number)));

    private static bool IsOrder(ColumnMap map, SheetRow row) => row.Number > map.HeaderRow && !map.IsHeader(row);
}

internal static partial class ImporterLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Run} was interrupted.")]
    public static partial void ImportFailed(this ILogger logger, Guid run, Exception exception);
}
