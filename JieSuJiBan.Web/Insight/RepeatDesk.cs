using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Insight;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Insight;

/// <summary>How many demands came from one telephone. The database counts them as petitioners come and are erased.</summary>
public sealed class RepeatCaller
{
    public byte[] Trace { get; init; } = [];
    public int Cases { get; init; }
}

public sealed record RepeatCase(Guid Id, string Number, string Title, string Category, CaseStatus Status, DateTimeOffset RaisedAt);

/// <summary>Somebody who calls again and again: without name or number, but with what he called about.</summary>
public sealed record RepeatLine(string Mark, int Count, int Open, IReadOnlyList<RepeatCase> Latest);

/// <summary>The desk at which the ledger of repeat callers is opened, after writing down who asked and what for.</summary>
public sealed class RepeatDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time) : Desk<RepeatReading>(databases, feed)
{
    /// <summary>From how many demands on somebody is in the ledger.</summary>
    public const int Least = 3;

    private const int PageSize = 20, Shown = 5, ReadingsShown = 10;

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public async Task<Outcome> OpenAsync(string purpose, Actor by)
    {
        var (reading, outcome) = RepeatReading.Read(by.Form ?? Guid.CreateVersion7(time.GetUtcNow()), purpose, by, time.GetUtcNow());
        if (!outcome.IsDone)
        {
            return outcome;
        }

        await using var db = await _databases.CreateDbContextAsync();
        await OpenAsync(db, reading!, by);
        return Outcome.Done;
    }

    /// <summary>Who has looked into it lately.</summary>
    public async Task<IReadOnlyList<RepeatReading>> ReadingsAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var district = by.Unit.District;
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.RepeatReadings.AsNoTracking().Where(reading => reading.District == district).OrderByDescending(reading => reading.ReadAt).Take(ReadingsShown).ToListAsync(cancellationToken);
    }

    /// <summary>A page of the ledger, for somebody who has said what for, and whether there is another. A 举报 is in no ledger.</summary>
    public async Task<(IReadOnlyList<RepeatLine> Lines, bool IsMore)> ReadAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        if (!RepeatReading.CanRead(by))
        {
            return ([], false);
        }

        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var callers = await db.RepeatCallers.AsNoTracking().Where(caller => caller.Cases >= Least).OrderByDescending(caller => caller.Cases).ThenBy(caller => caller.Trace)
            .Skip((Math.Clamp(page, 1, 50) - 1) * PageSize).Take(PageSize).Select(caller => caller.Trace).ToListAsync(cancellationToken);
        if (callers.Count == 0)
        {
            return ([], false);
        }

        var demands = await db.Petitioners.Where(row => callers.Contains(row.Trace!)).Select(row => new { row.Trace, row.CaseId }).ToListAsync(cancellationToken);
        var ids = demands.ConvertAll(row => row.CaseId);
        var seen = await db.CasesFor(by).Where(file => file.Nature != Nature.Report && ids.Contains(file.Id)).Select(file => new { file.Id, file.IsOpen, file.RaisedAt }).ToDictionaryAsync(file => file.Id, cancellationToken);
        var known = demands.Where(row => seen.ContainsKey(row.CaseId)).ToLookup(row => Convert.ToHexString(row.Trace!), row => seen[row.CaseId]);
        var latest = callers.SelectMany(trace => known[Convert.ToHexString(trace)].OrderByDescending(file => file.RaisedAt).Take(Shown)).Select(file => file.Id).ToList();
        var cases = await db.CasesFor(by).Where(file => latest.Contains(file.Id))
            .Select(file => new RepeatCase(file.Id, file.Number, file.Title, file.Category, file.Status, file.RaisedAt)).ToDictionaryAsync(file => file.Id, cancellationToken);
        var lines = callers.Select(Convert.ToHexString).Where(trace => known[trace].Count() >= Least)
            .Select(trace => new RepeatLine(
                trace[..6], known[trace].Count(), known[trace].Count(file => file.IsOpen),
                [.. known[trace].Where(file => cases.ContainsKey(file.Id)).Select(file => cases[file.Id]).OrderByDescending(file => file.RaisedAt)]))
            .ToList();
        return (lines, callers.Count == PageSize);
    }

    protected override bool CanSee(Actor by, RepeatReading stream) => RepeatReading.CanRead(by) && by.Unit.District == stream.District;

    protected override Task<RepeatReading?> LoadAsync(PortalDbContext db, Guid id) => db.RepeatReadings.SingleOrDefaultAsync(reading => reading.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Analyses(((RepeatReading)saved).District)];
}
