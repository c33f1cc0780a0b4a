namespace JieSuJiBan.Web.Files;

/// <summary>Once an hour, sweeps away uploads that nothing came to use.</summary>
internal sealed class FileSweeper(FileStore files, TimeProvider time, ILogger<FileSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await files.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.SweepFailed(exception);
            }
        }
    }
}

internal static partial class FileSweeperLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping unused uploads failed.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
