using System.Diagnostics;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Duties;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Intake;

/// <summary>import FILE [--database FILE] [--district PATH]: the same as the page, by the hotline itself.</summary>
internal static class ImportCommand
{
    /// <summary>0 if the file was imported, whatever became of single rows; 1 if it was not; 2 if it was not said what to do.</summary>
    public static async Task<int> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [_, var path, ..] || !File.Exists(path))
        {
            Console.Error.WriteLine("usage: import FILE [--database FILE] [--district PATH]   (xlsx, xls or CSV; PATH is a district such as /11/110117/)");
            return 2;
        }

        var services = app.Services;
        await services.GetRequiredService<DatabaseStartup>().PrepareAsync();
        await services.GetRequiredService<DutyBook>().LoadAsync();
        var district = new OrgPath(Commands.Option(args, "--district") ?? services.GetRequiredService<IOptions<IntakeOptions>>().Value.District);
        if (services.GetRequiredService<UnitBook>().Find(district) is not { Kind: UnitKind.District } unit)
        {
            Console.Error.WriteLine($"There is no district {district}.");
            return 2;
        }

        var by = Actor.Hotline(district);
        var desk = services.GetRequiredService<ImportDesk>();
        var (run, outcome) = await desk.OpenAsync(path, Path.GetFileName(path), new FileInfo(path).Length, district, by);
        if ((outcome.Refusal ?? (run!.Map is { } map ? map.Check() : ImportDesk.NoHeadings)) is { } refusal)
        {
            return Refuse(refusal);
        }

        Console.WriteLine($"{run!.FileName}: {run.Format}, {unit.Name}");
        Console.WriteLine($"columns: {string.Join(", ", run.Map!.Columns.Select((column, at) => column is null ? null : $"{run.Map.Headings[at]} = {column}").OfType<string>())}");
        if (string.Join(", ", run.Map.Headings.Where((heading, at) => heading.Length > 0 && run.Map.Columns[at] is null)) is { Length: > 0 } left)
        {
            Console.WriteLine($"left out: {left}");
        }

        await desk.SaveAsync(run);
        return await ImportAsync(services, run.Id, path, by);
    }

    private static async Task<int> ImportAsync(IServiceProvider services, Guid id, string path, Actor by)
    {
        using var cancel = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, Task.Run(cancel.Cancel));

        var work = services.GetRequiredService<Importer>().RunAsync(id, path, by, cancel.Token);
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1))) != work)
        {
            var far = await ReadAsync(services, id);
            Console.WriteLine(far.Status == ImportStatus.Running ? $"{far.Finished} of {far.Total} rows, {far.RowsPerSecond:0} rows/s, {far.Refused} refused" : $"checking: {far.Total} rows");
        }

        await work;
        var run = await ReadAsync(services, id);
        Console.WriteLine($"status: {run.Status}");
        Console.WriteLine($"rows: {run.Finished}");
        Console.WriteLine($"new: {run.Added}");
        Console.WriteLine($"updated: {run.Updated}");
        Console.WriteLine($"known: {run.Known}");
        Console.WriteLine($"refused: {run.Refused}");
        Console.WriteLine($"seconds: {run.Time.TotalSeconds:0.0}");
        Console.WriteLine($"rows_per_s: {run.RowsPerSecond:0}");
        using var own = Process.GetCurrentProcess();
        Console.WriteLine($"processor_seconds: {own.TotalProcessorTime.TotalSeconds:0.0}");
        Console.WriteLine($"peak_mb: {own.PeakWorkingSet64 / 1024 / 1024}");
        foreach (var row in await services.GetRequiredService<ImportDesk>().RowsAsync(id, ImportResult.Refused, 0, 20, by))
        {
            Console.Error.WriteLine($"row {row.Row} {row.Number}: {row.Chinese}");
        }

        return run.Refusal is { } refusal ? Refuse(refusal) : run.Status == ImportStatus.Done ? 0 : 1;
    }

    private static async Task<ImportRun> ReadAsync(IServiceProvider services, Guid id)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.ImportRuns.AsNoTracking().SingleAsync(run => run.Id == id);
    }

    private static int Refuse(Refusal refusal)
    {
        Console.Error.WriteLine($"{refusal.Chinese} ({refusal.Code})");
        return 1;
    }
}
