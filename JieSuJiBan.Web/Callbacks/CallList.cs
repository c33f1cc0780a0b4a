using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Callbacks;

/// <summary>A petitioner to be called. <paramref name="TakenBy"/> is whoever else is just calling him; <paramref name="IsOwn"/> says that the reader made the call that was contested.</summary>
public sealed record CallLine(Guid Id, string Number, string Title, OrgPath? Unit, DateTimeOffset CallAt, bool IsMarked, int CallsMissed, string? TakenBy, bool IsOwn)
{
    public bool IsFree => TakenBy is null && !IsOwn;
}

/// <summary>The callback desk's queue: what is marked first, then the longest due.</summary>
public sealed class CallList(IDbContextFactory<PortalDbContext> databases, TimeProvider time)
{
    public const int Shown = 30;

    public async Task<(IReadOnlyList<CallLine> Lines, int Total)> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var total = await Due(db, by, now).Take(1000).CountAsync(cancellationToken);
        var marked = await Lines(db, Due(db, by, now, isMarked: true).OrderBy(file => file.CallAt).Take(Shown), by, now).ToListAsync(cancellationToken);
        var rest = await Lines(db, Due(db, by, now, isMarked: false).OrderBy(file => file.CallAt).Take(Shown - marked.Count), by, now).ToListAsync(cancellationToken);
        return ([.. marked.OrderBy(line => line.CallAt), .. rest.OrderBy(line => line.CallAt)], total);
    }

    /// <summary>What the unit has answered last, to be read out.</summary>
    public async Task<string?> AnswerAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        var answered = EventText.Name<CaseAnswered>();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entry = await db.Log.AsNoTracking().Where(entry => entry.Stream == caseId && entry.Type == answered).OrderByDescending(entry => entry.Sequence).FirstOrDefaultAsync(cancellationToken);
        return (entry?.Event as CaseAnswered)?.Reply;
    }

    internal static IQueryable<CaseFile> Due(PortalDbContext db, Actor by, DateTimeOffset now, bool? isMarked = null)
    {
        var district = by.Unit.District;
        var due = db.Cases.AsNoTracking().Where(Sight.Cases(by)).Where(file => file.District == district && file.CallAt != null && file.CallAt <= now);
        return isMarked is { } marked ? due.Where(file => file.IsMarked == marked) : due.Where(file => file.IsMarked == true || file.IsMarked == false);
    }

    private static IQueryable<CallLine> Lines(PortalDbContext db, IQueryable<CaseFile> cases, Actor by, DateTimeOffset now)
    {
        var me = by.UserId;
        return from file in cases
               join turn in db.CallbackTurns.Where(turn => turn.UserId != me && turn.Until >= now) on file.Id equals turn.CaseId into turns
               from turn in turns.DefaultIfEmpty()
               select new CallLine(file.Id, file.Number, file.Title, file.FirstReceiver, file.CallAt!.Value, file.IsMarked, file.CallsMissed, turn == null ? null : turn.Name,
                   (file.CalledBy == me || file.FirstCalledBy == me) && (file.IsRecalled || file.Contests.Any(contest => contest.Correction == Correction.Waiting)));
    }
}
