using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Files;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Reports;

/// <summary>
/// Stores the printed file of every closed case, with its SHA-256 in the log, and stores it again when a contest, a callback or
/// the last marks of a whistle have come since; the earlier print stays. Woken when a case closes, and looking by itself now and then, so
/// that a crash or a missing Chromium only delays it.
/// </summary>
public sealed class FileKeeper(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, ReportDesk reports, PdfReports pdf, PdfPrinter printer, FileStore files, Feed feed,
    IOptions<PdfOptions> options, TimeProvider time, ILogger<FileKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_round = TimeSpan.FromMinutes(5);

    private readonly Waker _waker = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = feed.Subscribe(Topic.Closed, _waker.Wake);
        if (!printer.IsAvailable)
        {
            logger.NoChromium();
        }
        else if (options.Value.KeepWarm)
        {
            await TryAsync(() => printer.WarmUpAsync(stoppingToken));
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(() => StoreAllAsync(stoppingToken));
            await _waker.WaitAsync(s_round, stoppingToken);
        }
    }

    /// <summary>Stores whatever is closed and not stored, or stored and not true any more. Tests call this.</summary>
    public async Task StoreAllAsync(CancellationToken cancellationToken = default)
    {
        if (!printer.IsAvailable)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var closed = await CaseDesk.WithParts(db.Cases.AsNoTracking().Where(file => file.Status == CaseStatus.Closed && file.StoredFile == null))
            .OrderBy(file => file.Id).Take(50).ToListAsync(cancellationToken);
        var changed = await CaseDesk.WithParts(db.Cases.AsNoTracking().Where(file => file.HasChangedSinceStored && !file.IsRecalled && !file.IsErased && file.Contests.All(contest => contest.DecidedAt != null)))
            .OrderBy(file => file.Id).Take(50).ToListAsync(cancellationToken);
        foreach (var file in closed.Concat(changed))
        {
            await TryAsync(() => StoreAsync(file, cancellationToken));  // one that cannot be printed does not hold up the others
        }
    }

    private async Task StoreAsync(CaseFile file, CancellationToken cancellationToken)
    {
        var (bytes, pages) = await pdf.DrawAsync(await reports.WriteForStoringAsync(file, cancellationToken), cancellationToken);
        var stored = await files.KeepAsync($"{file.Number}案卷.pdf", FileKind.Pdf, bytes, cancellationToken);
        await cases.DoAsync(file.Id, Actor.Clock, closedFile => closedFile.StoreFile(stored.ToRef(), pages, file.Version, time.GetUtcNow()));
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.StoringFailed(exception);  // tried again on the next round
        }
    }

    public override void Dispose()
    {
        _waker.Dispose();
        base.Dispose();
    }
}

internal static partial class FileKeeperLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "No Chromium was found: closed cases are not stored as PDF until it is installed (Debian: apt-get install chromium fonts-lxgw-wenkai fonts-wqy-microhei) or Pdf:ChromiumPath is set.")]
    public static partial void NoChromium(this ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Storing the files of closed cases failed; it will be tried again.")]
    public static partial void StoringFailed(this ILogger logger, Exception exception);
}
