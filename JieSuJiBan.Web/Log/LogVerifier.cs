using System.Security.Cryptography;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Log;

/// <param name="Streams">Cases, whistles and duties walked.</param>
/// <param name="Entries">Log entries recomputed.</param>
/// <param name="Files">Files whose bytes were compared with the log.</param>
/// <param name="Broken">The first broken entry of each broken stream, rows that differ from their log, and files that are not what was attached.</param>
public sealed record VerifyReport(int Streams, int Entries, int Files, IReadOnlyList<string> Broken);

/// <summary>
/// Recomputes every hash from the stored bytes, compares each chain's end with its row, replays the log and compares the whole row
/// with it, and each file with its entry.
/// </summary>
public sealed class LogVerifier(IDbContextFactory<PortalDbContext> databases, FileStore files)
{
    public async Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var (broken, streams, entries, attached) = (new List<string>(), 0, 0, 0);
        var stream = new List<LogEntry>();

        // In the order of the key: one stream after another, holding only the one in hand.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var entry in db.Log.AsNoTracking().OrderBy(entry => entry.Stream).ThenBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (stream.Count > 0 && stream[0].Stream != entry.Stream)
            {
                await FinishAsync();
            }

            stream.Add(entry);
        }

        await FinishAsync();
        broken.AddRange(await db.Cases.Where(file => !db.Log.Any(entry => entry.Stream == file.Id)).Select(file => $"{file.Number} ({file.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Whistles.Where(whistle => !db.Log.Any(entry => entry.Stream == whistle.Id)).Select(whistle => $"{whistle.Number} ({whistle.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Duties.Where(duty => !db.Log.Any(entry => entry.Stream == duty.Id)).Select(duty => $"{duty.Matter} ({duty.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.SupervisionOrders.Where(order => !db.Log.Any(entry => entry.Stream == order.Id)).Select(order => $"{order.Number} ({order.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Reviews.Where(review => !db.Log.Any(entry => entry.Stream == review.Id)).Select(review => $"{review.Number} ({review.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Foreseen.Where(problem => !db.Log.Any(entry => entry.Stream == problem.Id)).Select(problem => $"{problem.Title} ({problem.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.CalendarYears.Where(year => !db.Log.Any(entry => entry.Stream == year.Id)).Select(year => $"{year.Year} ({year.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.TimePlans.Where(plan => !db.Log.Any(entry => entry.Stream == plan.Id)).Select(plan => $"plan {plan.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.MutualSchemes.Where(scheme => !db.Log.Any(entry => entry.Stream == scheme.Id)).Select(scheme => $"mutual scheme {scheme.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.FirmRegisters.Where(register => !db.Log.Any(entry => entry.Stream == register.Id)).Select(register => $"firms {register.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.FirmLists.Where(list => !db.Log.Any(entry => entry.Stream == list.Id)).Select(list => $"firm list {list.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Delegations.Where(one => !db.Log.Any(entry => entry.Stream == one.Id)).Select(one => $"delegation {one.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Schemes.Where(scheme => !db.Log.Any(entry => entry.Stream == scheme.Id)).Select(scheme => $"scheme {scheme.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Rankings.Where(ranking => !db.Log.Any(entry => entry.Stream == ranking.Id)).Select(ranking => $"ranking {ranking.Key} ({ranking.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.Analyses.Where(one => !db.Log.Any(entry => entry.Stream == one.Id)).Select(one => $"analysis {one.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.EnterpriseReports.Where(report => !db.Log.Any(entry => entry.Stream == report.Id)).Select(report => $"enterprise report {report.Key} ({report.Id}): the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.RepeatReadings.Where(one => !db.Log.Any(entry => entry.Stream == one.Id)).Select(one => $"reading {one.Id}: the whole log is missing").ToListAsync(cancellationToken));
        broken.AddRange(await db.CallbackPlans.Where(plan => !db.Log.Any(entry => entry.Stream == plan.Id)).Select(plan => $"callback plan {plan.Id}: the whole log is missing").ToListAsync(cancellationToken));
        return new VerifyReport(streams, entries, attached, broken);

        async Task FinishAsync()
        {
            if (stream.Count == 0)
            {
                return;
            }

            streams++;
            entries += stream.Count;
            await using var own = await databases.CreateDbContextAsync(cancellationToken);
            if (await FaultOfAsync(own, stream) is not null && await LookAgainAsync(stream[0].Stream, cancellationToken) is { } fault)
            {
                broken.Add(fault);
            }
            else
            {
                foreach (var attachment in stream.SelectMany(entry => (entry.Event as IBringsAttachments)?.Attachments ?? []))
                {
                    attached++;
                    if (await FaultOfAsync(own, attachment, cancellationToken) is { } wrong)
                    {
                        broken.Add($"{stream[0].Stream}: {wrong}");
                    }
                }
            }

            stream.Clear();
        }
    }

    // Somebody may have written between the reading of the log and that of the row: only what is wrong at one moment is wrong.
    private async Task<string?> LookAgainAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await db.Database.BeginTransactionAsync(cancellationToken);
        return await FaultOfAsync(db, await db.Log.AsNoTracking().Where(entry => entry.Stream == id).OrderBy(entry => entry.Sequence).ToListAsync(cancellationToken));
    }

    private static async Task<string?> FaultOfAsync(PortalDbContext db, List<LogEntry> stream)
    {
        var id = stream[0].Stream;
        var kind = StreamKind.Of(stream[0]);
        var row = await kind.LoadAsync(db, id);
        var name = row is null ? id.ToString() : $"{kind.Name(row)} ({id})";

        var chain = new Chain(id);
        if (stream.Select(chain.Add).FirstOrDefault(fault => fault is not null) is { } broken)
        {
            return $"{name}: {broken}";
        }

        if (row is null)
        {
            return $"{name}: the log has no row";
        }

        if (chain.EndsAt(row.Version, row.Head) is { } end)
        {
            return $"{name}: {end}";
        }

        return RowComparison.FirstDifference(db, row, kind.Replay(stream)) is { } difference ? $"{name}: the row's {difference} is not what the log adds up to" : null;
    }

    private async Task<string?> FaultOfAsync(PortalDbContext db, AttachmentRef attachment, CancellationToken cancellationToken)
    {
        if (await db.Attachments.AsNoTracking().SingleOrDefaultAsync(file => file.Id == attachment.Id, cancellationToken) is not { } file)
        {
            return $"file {attachment.Id} is missing";
        }

        try
        {
            await using var bytes = files.Open(file);
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
            return hash == attachment.Sha256 ? null : $"file {attachment.Id} is not what was attached";
        }
        catch (IOException)
        {
            return $"file {attachment.Id} cannot be read";
        }
    }
}
