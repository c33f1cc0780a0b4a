using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

/// <summary>Reads logs by sequence. Whoever asks has been let in by a desk before.</summary>
public sealed class LogBook(IDbContextFactory<PortalDbContext> databases)
{
    /// <summary>More than this is read in pages.</summary>
    public const int Page = 500;

    public async Task<IReadOnlyList<LogEntry>> ReadAfterAsync(Guid stream, int after, int take = Page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Log.AsNoTracking()
            .Where(entry => entry.Stream == stream && entry.Sequence > after)
            .OrderBy(entry => entry.Sequence)
            .Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The last entries before a sequence, in order.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadBeforeAsync(Guid stream, int before, int take = Page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await db.Log.AsNoTracking()
            .Where(entry => entry.Stream == stream && entry.Sequence < before)
            .OrderByDescending(entry => entry.Sequence)
            .Take(take)
            .ToListAsync(cancellationToken);
        entries.Reverse();
        return entries;
    }

    /// <summary>A whole log, page by page.</summary>
    public async IAsyncEnumerable<LogEntry> ReadAllAsync(
        Guid stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var after = 0; ;)
        {
            var page = await ReadAfterAsync(stream, after, Page, cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }
}
