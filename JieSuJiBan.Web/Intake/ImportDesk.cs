using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Sheets;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Intake;

/// <summary>Where files are brought, looked at and sent on their way. A district's imports are the affair of its command centre.</summary>
public sealed class ImportDesk(IDbContextFactory<PortalDbContext> databases, ImportFiles files, Importer importer, ImportLine line, TimeProvider time)
{
    /// <summary>Rows that are shown before the import is begun.</summary>
    public const int Shown = 5;

    private static readonly Refusal s_begun = new("intake.begun", "这个文件已经开始导入。", "The import of this file has begun already.");

    /// <summary>Takes a file in and finds out what its columns mean. Nothing is imported yet.</summary>
    public async Task<(Guid Id, Outcome Outcome)> BringAsync(string name, Stream content, Actor by, CancellationToken cancellationToken = default)
    {
        if (!Policies.CanImport(by))
        {
            return (Guid.Empty, CaseDesk.Unknown);
        }

        var (storedAs, size, saved) = await files.SaveAsync(content, cancellationToken);
        if (storedAs is null)
        {
            return (Guid.Empty, saved);
        }

        var (run, outcome) = await OpenAsync(files.PathOf(storedAs), name, size, by.Unit.District, by, cancellationToken);
        if (run is null || run.Headings is null)
        {
            files.Delete(storedAs);
            return (Guid.Empty, outcome.Refusal ?? NoHeadings);
        }

        run.StoredAs = storedAs;
        await SaveAsync(run, cancellationToken);
        return (run.Id, Outcome.Done);
    }

    /// <summary>A run for a file that lies somewhere else, with what its columns are known to mean.</summary>
    public async Task<(ImportRun? Run, Outcome Outcome)> OpenAsync(
        string path, string name, long size, OrgPath district, Actor by, CancellationToken cancellationToken = default)
    {
        var (sheet, outcome) = Sheet.Open(path, importer.Limits);
        using (sheet)
        {
            if (sheet is null)
            {
                return (null, outcome);
            }

            var (first, refusal) = First(sheet, ColumnMap.Looked);
            if (refusal is not null)
            {
                return (null, refusal);
            }

            var run = new ImportRun
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                District = district,
                FileName = CleanName(name),
                Size = size,
                Format = sheet.Format,
                StartedBy = by.UserId,
                StartedByName = by.Name,
                CreatedAt = time.GetUtcNow(),
                UpdatedAt = time.GetUtcNow(),
                Map = await RememberAsync(district, first, cancellationToken),
            };
            return (run, Outcome.Done);
        }
    }

    public async Task SaveAsync(ImportRun run, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ImportRuns.Add(run);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The run, if there is one and it is of the officer's district.</summary>
    public async Task<ImportRun?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        var district = by.Unit.District;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return Policies.CanImport(by) ? await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id && run.District == district, cancellationToken) : null;
    }

    public async Task<ListPage<ImportRun>> ListAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        if (!Policies.CanImport(by))
        {
            return new([], 0, IsMore: false);
        }

        var district = by.Unit.District;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var runs = db.ImportRuns.AsNoTracking().Where(run => run.District == district);
        var total = await runs.Take(ListPage<ImportRun>.MaxTotal).CountAsync(cancellationToken);
        return new(
            await runs.OrderByDescending(run => run.CreatedAt).Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<ImportRun>.Size).Take(ListPage<ImportRun>.Size).ToListAsync(cancellationToken),
            total, IsMore: false);
    }

    /// <summary>The first rows below the headings.</summary>
    public IReadOnlyList<SheetRow> Preview(ImportRun run)
    {
        if (run.StoredAs is not { } storedAs || !File.Exists(files.PathOf(storedAs)))
        {
            return [];
        }

        using var sheet = Sheet.Open(files.PathOf(storedAs), importer.Limits).Sheet;
        return sheet is null ? [] : [.. First(sheet, ColumnMap.Looked + Shown).Rows.Where(row => row.Number > run.HeaderRow).Take(Shown)];
    }

    /// <summary>What would be made of the rows if the columns meant this.</summary>
    public async Task<IReadOnlyList<Order>> TryAsync(ImportRun run, ColumnMap map, IReadOnlyList<SheetRow> rows, CancellationToken cancellationToken = default)
    {
        var reader = importer.ReaderOf(run, map);
        var orders = new List<Order>();
        foreach (var row in rows)
        {
            orders.Add(await importer.ReadAsync(reader, row, run.District, cancellationToken));
        }

        return orders;
    }

    /// <summary>Sends the file on its way, and remembers what its columns mean.</summary>
    public async Task<Outcome> StartAsync(Guid id, ColumnMap map, Actor by)
    {
        if (await FindAsync(id, by) is not { } run)
        {
            return CaseDesk.Unknown;
        }

        if (run.Status != ImportStatus.Uploaded || run.Map is null)
        {
            return s_begun;
        }

        map = run.Map with { Columns = [.. map.Columns.Take(run.Map.Headings.Count)] };
        if (map.Check() is { } refusal)
        {
            return refusal;
        }

        run.Map = map;
        await using (var db = await databases.CreateDbContextAsync())
        {
            if (await db.ImportRuns.Where(stored => stored.Id == id && stored.Status == ImportStatus.Uploaded).ExecuteUpdateAsync(set => set
                .SetProperty(stored => stored.Status, ImportStatus.Waiting)
                .SetProperty(stored => stored.Columns, run.Columns)
                .SetProperty(stored => stored.UpdatedAt, time.GetUtcNow())) == 0)
            {
                return s_begun;
            }

            await RememberAsync(db, run);
        }

        _ = line.AddAsync(id, files.PathOf(run.StoredAs!), by);
        return Outcome.Done;
    }

    /// <summary>Stops a run after the batch in hand, or puts away a file that nobody wants imported.</summary>
    public async Task<Outcome> CancelAsync(Guid id, Actor by)
    {
        if (await FindAsync(id, by) is not { } run)
        {
            return CaseDesk.Unknown;
        }

        if (run.Status == ImportStatus.Uploaded)
        {
            await using var db = await databases.CreateDbContextAsync();
            await db.ImportRuns.Where(stored => stored.Id == id && stored.Status == ImportStatus.Uploaded).ExecuteDeleteAsync();
            files.Delete(run.StoredAs);
            return Outcome.Done;
        }

        return run.Status.IsUnderWay() && !line.Cancel(id)
            ? new Refusal("intake.elsewhere", "它在别处运行（命令行或文件夹），不能在这里取消。", "It is running elsewhere and cannot be cancelled here.")
            : Outcome.Done;
    }

    /// <summary>What became of the rows behind one row of the file, in their order; of all, or of those with one result.</summary>
    public Task<IReadOnlyList<ImportRow>> RowsAsync(Guid id, ImportResult? result, int after, int take, Actor by, CancellationToken cancellationToken = default) =>
        RowsAsync(id, result, rows => rows.Where(row => row.Row > after).OrderBy(row => row.Row).Take(take), by, cancellationToken);

    /// <summary>The rows before one row of the file, the nearest of them, in their order.</summary>
    public async Task<IReadOnlyList<ImportRow>> RowsBeforeAsync(Guid id, ImportResult? result, int before, int take, Actor by, CancellationToken cancellationToken = default) =>
        [.. (await RowsAsync(id, result, rows => rows.Where(row => row.Row < before).OrderByDescending(row => row.Row).Take(take), by, cancellationToken)).Reverse()];

    private async Task<IReadOnlyList<ImportRow>> RowsAsync(
        Guid id, ImportResult? result, Func<IQueryable<ImportRow>, IQueryable<ImportRow>> part, Actor by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, by, cancellationToken) is null)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.ImportRows.AsNoTracking().Where(row => row.RunId == id);
        return await part(result is { } only ? rows.Where(row => row.Result == only) : rows).ToListAsync(cancellationToken);
    }

    internal static Refusal NoHeadings => new("intake.header", $"前{ColumnMap.Looked}行里没有找到表头，请确认这是工单明细表。", $"No headings were found in the first {ColumnMap.Looked} rows: is this a list of orders?");

    private static (List<SheetRow> Rows, Refusal? Refusal) First(Sheet sheet, int count)
    {
        var first = new List<SheetRow>();
        using var rows = sheet.Read();
        while (first.Count < count && rows.Next())
        {
            first.Add(rows.Current);
        }

        return (first, rows.Refusal);
    }

    // What a person once said goes before what can be guessed.
    private async Task<ColumnMap?> RememberAsync(OrgPath district, List<SheetRow> first, CancellationToken cancellationToken)
    {
        var found = ColumnMap.Find(first);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var candidates = first.Take(ColumnMap.Looked).Select(row => new ColumnMap(row.Number, [.. row.Cells], [.. row.Cells.Select(_ => (HotlineColumn?)null)])).ToList();
        var signatures = candidates.Select(map => map.Signature).ToList();
        var known = await db.ImportMappings.AsNoTracking()
            .Where(mapping => mapping.District == district && signatures.Contains(mapping.Signature))
            .OrderByDescending(mapping => mapping.UsedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return known is null ? found
            : candidates.Find(map => map.Signature == known.Signature)! with { Columns = [.. known.Columns!.Select(name => Enum.TryParse<HotlineColumn>(name, out var column) ? column : (HotlineColumn?)null)] };
    }

    private async Task RememberAsync(PortalDbContext db, ImportRun run)
    {
        var signature = run.Map!.Signature;
        var known = await db.ImportMappings.SingleOrDefaultAsync(mapping => mapping.District == run.District && mapping.Signature == signature);
        if (known is null)
        {
            db.ImportMappings.Add(known = new ImportMapping { District = run.District, Signature = signature, Columns = run.Columns, UsedAt = time.GetUtcNow() });
        }

        (known.Columns, known.UsedAt) = (run.Columns, time.GetUtcNow());
        await db.SaveChangesAsync();
    }

    private static string CleanName(string name)
    {
        var clean = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(letter => !char.IsControl(letter) && !"/:*?\"<>|".Contains(letter, StringComparison.Ordinal))]).Trim();
        return clean.Length == 0 ? "未命名" : clean.Length <= 120 ? clean : clean[..60] + clean[^60..];
    }
}
