using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>Answers lists of crowds, and of the demands in one.</summary>
public sealed class CrowdList(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<ListPage<Crowd>> ReadAsync(Actor by, CrowdState state, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var crowds = db.Crowds.AsNoTracking().Where(Sight.Crowds(by)).Where(crowd => crowd.State == state);
        var total = await crowds.Take(ListPage<Crowd>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await crowds.OrderByDescending(crowd => crowd.LastAt)
            .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<Crowd>.Size).Take(ListPage<Crowd>.Size).ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<Crowd>.MaxTotal), total > ListPage<Crowd>.MaxTotal);
    }

    /// <summary>Only the cases that the reader may see; the street sees the crowd, but not every case in it need be its own.</summary>
    public async Task<ListPage<CaseLine>> CasesAsync(Guid crowd, Actor by, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var members = db.Triages.Where(triage => triage.Crowd == crowd).Select(triage => triage.CaseId);
        var cases = db.Cases.AsNoTracking().Where(Sight.Cases(by)).Where(file => members.Contains(file.Id));
        var total = await cases.Take(ListPage<CaseLine>.MaxTotal + 1).CountAsync(cancellationToken);
        var lines = await CaseList.Lines(cases.OrderByDescending(file => file.Id)
                .Skip((Math.Clamp(page, 1, 50) - 1) * ListPage<CaseLine>.Size).Take(ListPage<CaseLine>.Size))
            .ToListAsync(cancellationToken);
        return new(lines, Math.Min(total, ListPage<CaseLine>.MaxTotal), total > ListPage<CaseLine>.MaxTotal);
    }

    /// <summary>Whom a whistle over the crowd would call: the units most often proposed for its demands, or dispatched to.</summary>
    public async Task<IReadOnlyList<OrgPath>> UnitsAsync(Guid crowd, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var units = await db.Triages.Where(triage => triage.Crowd == crowd).OrderByDescending(triage => triage.RaisedAt).Take(200)
            .Select(triage => new { triage.Lead, triage.Proposed }).ToListAsync(cancellationToken);
        return [.. units.Select(unit => unit.Lead ?? unit.Proposed).OfType<OrgPath>().CountBy(unit => unit).OrderByDescending(unit => unit.Value).Take(most).Select(unit => unit.Key)];
    }
}
