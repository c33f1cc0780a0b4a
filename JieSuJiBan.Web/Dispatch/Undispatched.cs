using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>A case that waits for somebody to say who gets it. <paramref name="IsLooked"/>: the matcher has had its look.</summary>
public sealed record QueueLine(Guid Id, string Number, string Title, string Category, OrgPath Home, DateTimeOffset RegisteredAt, string? SafetyWord, bool IsLooked, Guid? Crowd);

/// <summary>The dispatcher's queue: danger first, then the longest waiting; and the crowds that nobody has decided on.</summary>
public sealed class Undispatched(IDbContextFactory<PortalDbContext> databases)
{
    public const int Shown = 30;

    public async Task<(IReadOnlyList<QueueLine> Lines, int Total)> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var district = by.Unit.District;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = db.Cases.Where(Sight.Cases(by)).Where(file => file.NextUnit == district && file.NextStep == CaseStep.Dispatch);
        var total = await waiting.Take(1000).CountAsync(cancellationToken);
        var danger = await Lines(db, waiting.Where(file => file.SafetyWord != null).OrderBy(file => file.Id).Take(Shown)).ToListAsync(cancellationToken);
        var rest = await Lines(db, waiting.Where(file => file.SafetyWord == null).OrderBy(file => file.Id).Take(Shown - danger.Count)).ToListAsync(cancellationToken);
        return ([.. danger, .. rest], total);
    }

    public async Task<DispatchProposal?> ProposalAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Triages.Where(triage => triage.CaseId == id).Select(triage => triage.Proposal).SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<QueueLine> Lines(PortalDbContext db, IQueryable<CaseFile> cases) =>
        from file in cases
        join triage in db.Triages on file.Id equals triage.CaseId into triages
        from triage in triages.DefaultIfEmpty()
        select new QueueLine(
            file.Id, file.Number, file.Title, file.Category, file.Home, file.RegisteredAt, file.SafetyWord, triage != null && triage.PendingSince == null, triage == null ? null : triage.Crowd);
}
