using System.Collections.Concurrent;
using System.Threading.Channels;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Intake;

/// <summary>
/// Imports one file after another, whoever has gone home meanwhile, and clears away what is over: brought files, results that have
/// been kept long enough, runs that a crash has interrupted.
/// </summary>
public sealed class ImportLine(
    IDbContextFactory<PortalDbContext> databases, Importer importer, ImportFiles files, IOptions<IntakeOptions> options, TimeProvider time, ILogger<ImportLine> logger)
    : BackgroundService
{
    /// <summary>A run that has given no sign of life for so long has none.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(2), s_unwanted = TimeSpan.FromDays(1), s_sweep = TimeSpan.FromMinutes(1);

    private static readonly ImportStatus[] s_underWay = [.. Enum.GetValues<ImportStatus>().Where(status => status.IsUnderWay())];
    private static readonly ImportStatus[] s_waiting = [ImportStatus.Uploaded, .. s_underWay], s_over = [.. Enum.GetValues<ImportStatus>().Except(s_waiting)];

    private readonly Channel<Guid> _waiting = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, Turn> _turns = [];

    /// <summary>Imports a file when those before it are done. The task ends then, whatever came of it.</summary>
    public Task AddAsync(Guid run, string path, Actor by)
    {
        var turn = _turns[run] = new Turn(path, by);
        _waiting.Writer.TryWrite(run);
        return turn.Done.Task;
    }

    /// <summary>False if it is not here.</summary>
    public bool Cancel(Guid run)
    {
        if (!_turns.TryGetValue(run, out var turn))
        {
            return false;
        }

        turn.Cancel.Cancel();
        return true;
    }

    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var (silent, unwanted, old) = (now - s_silence, now - s_unwanted, now - options.Value.KeepResults);
        var here = _turns.Keys.ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ImportRuns
            .Where(run => s_underWay.Contains(run.Status) && run.UpdatedAt < silent && !here.Contains(run.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, ImportStatus.Interrupted).SetProperty(run => run.EndedAt, now).SetProperty(run => run.UpdatedAt, now), cancellationToken);
        await db.ImportRuns.Where(run => run.Status == ImportStatus.Uploaded && run.UpdatedAt < unwanted).ExecuteDeleteAsync(cancellationToken);

        // In small pieces: a hundred thousand rows at once would keep everybody else from writing.
        var over = await db.ImportRuns.Where(run => s_over.Contains(run.Status) && run.UpdatedAt < old).Select(run => run.Id).Take(100).ToListAsync(cancellationToken);
        foreach (var id in over)
        {
            while (await db.ImportRows.Where(row => row.RunId == id).OrderBy(row => row.Row).Take(5_000).ExecuteDeleteAsync(cancellationToken) > 0)
            {
                // until none is left
            }

            await db.ImportRuns.Where(run => run.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        var stored = await db.ImportRuns.Where(run => s_waiting.Contains(run.Status) && run.StoredAs != null).Select(run => run.StoredAs!).ToHashSetAsync(cancellationToken);
        files.Sweep(stored, silent);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ServeAsync(stoppingToken), KeepCleanAsync(stoppingToken));

    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        await foreach (var run in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            var turn = _turns[run];
            try
            {
                await importer.RunAsync(run, turn.Path, turn.By, turn.Cancel.Token, stoppingToken);
                if (Path.GetDirectoryName(turn.Path) == files.Folder)
                {
                    File.Delete(turn.Path);
                }
            }
            catch (Exception exception)
            {
                logger.TurnFailed(exception);  // those behind it have their turn all the same
            }

            _turns.TryRemove(run, out _);
            turn.Done.SetResult();
        }
    }

    private async Task KeepCleanAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_sweep, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SweepFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private sealed record Turn(string Path, Actor By)
    {
        public CancellationTokenSource Cancel { get; } = new();

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal static partial class ImportLineLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An import could not be ended.")]
    public static partial void TurnFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping imports failed.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
