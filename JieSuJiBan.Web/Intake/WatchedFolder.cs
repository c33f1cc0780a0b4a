using System.Globalization;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Intake;

/// <summary>
/// Imports what another program lays into a folder. A file is taken when it has not changed since the last look, and moved aside with
/// its result when it is over: to <c>done</c>, or to <c>refused</c> with the reason. One that a stop or a crash interrupts stays, and is
/// taken again; what had been taken in is known then.
/// </summary>
public sealed class WatchedFolder(ImportDesk desk, ImportLine line, ImportSheet sheet, IOptions<IntakeOptions> options, IHostEnvironment environment, TimeProvider time,
    ILogger<WatchedFolder> logger) : BackgroundService
{
    private static readonly string[] s_endings = [".xlsx", ".xls", ".csv"];

    // Not what a link points to: that is somebody else's file.
    private static readonly EnumerationOptions s_own = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _folder = Path.Combine(environment.ContentRootPath, options.Value.Folder);
    private readonly Dictionary<string, Stamp> _seen = [];
    private readonly Dictionary<string, Stamp> _failed = [];

    /// <summary>Looks once. Tests call this; only the loop below knows about timers.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        var there = new DirectoryInfo(_folder).EnumerateFiles("*", s_own)
            .Where(file => s_endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && file.Name[0] is not ('.' or '~'))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToDictionary(file => file.FullName, file => new Stamp(file.Length, file.LastWriteTimeUtc));
        var ready = there.Where(file => _seen.GetValueOrDefault(file.Key) == file.Value && _failed.GetValueOrDefault(file.Key) != file.Value).ToList();

        _seen.Clear();
        foreach (var (path, stamp) in there)
        {
            _seen[path] = stamp;
        }

        foreach (var (path, stamp) in ready)
        {
            try
            {
                await TakeAsync(path, cancellationToken);
                _failed.Remove(path);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _failed[path] = stamp;  // until somebody changes it, or the portal starts anew
                logger.FileFailed(Path.GetFileName(path), exception);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Tick, time);
        do
        {
            try
            {
                Directory.CreateDirectory(_folder);
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LookFailed(exception);  // a folder that is away for a while comes back
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeAsync(string path, CancellationToken cancellationToken)
    {
        var district = new OrgPath(options.Value.District);
        var by = Actor.Hotline(district);
        var (run, outcome) = await desk.OpenAsync(path, Path.GetFileName(path), new FileInfo(path).Length, district, by, cancellationToken);
        if ((outcome.Refusal ?? (run!.Map is { } map ? map.Check() : ImportDesk.NoHeadings)) is { } refusal)
        {
            await RefuseAsync(path, refusal, cancellationToken);
            return;
        }

        await desk.SaveAsync(run!, cancellationToken);
        await line.AddAsync(run!.Id, path, by).WaitAsync(cancellationToken);

        var over = await desk.FindAsync(run.Id, by, cancellationToken);
        switch (over)
        {
            case { Status: ImportStatus.Done }:
                var moved = Aside(path, "done");
                await using (var file = File.Create($"{moved}.result.xlsx"))
                {
                    await sheet.WriteAsync(file, run.Id, null, by, cancellationToken);
                }

                File.Move(path, moved);
                break;
            case { Refusal: { } why }:
                await RefuseAsync(path, why, cancellationToken);
                break;
            case { Status: ImportStatus.Cancelled }:
                await RefuseAsync(path, new Refusal("intake.cancelled", "导入被取消。", "The import was cancelled."), cancellationToken);
                break;
            default:
                throw new InvalidOperationException("The import was interrupted.");
        }
    }

    private async Task RefuseAsync(string path, Refusal refusal, CancellationToken cancellationToken)
    {
        var moved = Aside(path, "refused");
        await File.WriteAllTextAsync($"{moved}.txt", $"{refusal.Chinese}\n{refusal.English}\n", cancellationToken);
        File.Move(path, moved);
        logger.FileRefused(Path.GetFileName(path), refusal.Code);
    }

    // The time before the name: exports often have the same one every day.
    private string Aside(string path, string where)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, where)).FullName;
        var now = time.GetUtcNow().ToOffset(WorkCalendar.Beijing).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var name = Path.Combine(folder, $"{now}-{Path.GetFileName(path)}");
        return File.Exists(name) ? Path.Combine(folder, $"{now}-{Guid.NewGuid():N}-{Path.GetFileName(path)}") : name;
    }

    private readonly record struct Stamp(long Length, DateTime WrittenAt);
}

internal static partial class WatchedFolderLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{File} could not be imported from the folder.")]
    public static partial void FileFailed(this ILogger logger, string file, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} was refused: {Code}.")]
    public static partial void FileRefused(this ILogger logger, string file, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The folder could not be looked at.")]
    public static partial void LookFailed(this ILogger logger, Exception exception);
}
