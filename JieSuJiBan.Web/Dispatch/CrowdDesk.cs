using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>The desk at which crowds are raised and decided. The triage of each demand says which crowd it belongs to, in the same transaction.</summary>
public sealed class CrowdDesk(IDbContextFactory<PortalDbContext> databases, Feed feed) : Desk<Crowd>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public async Task<Crowd?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.Crowds.AsNoTracking().Where(Sight.Crowds(by)).SingleOrDefaultAsync(crowd => crowd.Id == id, cancellationToken);
    }

    public async Task RaiseAsync(Guid id, CrowdRaised found, DateTimeOffset now)
    {
        await using var db = await _databases.CreateDbContextAsync();
        await MarkAsync(db, id, found.Members);
        await OpenAsync(db, Crowd.Raise(id, found, now));
    }

    protected override bool CanSee(Actor by, Crowd stream) => by.CanSee(stream);

    protected override Task<Crowd?> LoadAsync(PortalDbContext db, Guid id) => db.Crowds.SingleOrDefaultAsync(crowd => crowd.Id == id);

    protected override async Task<Domain.Outcome> FollowAsync(PortalDbContext db, Crowd decided, IReadOnlyList<LogEntry> entries)
    {
        foreach (var grown in entries.Select(entry => entry.Event).OfType<CrowdGrown>())
        {
            await MarkAsync(db, decided.Id, grown.Members);
        }

        return Domain.Outcome.Done;
    }

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries)
    {
        var crowd = (Crowd)saved;
        return [Topic.Crowd(crowd.Id), Topic.Unit(crowd.Street), Topic.Unit(crowd.District)];
    }

    private static async Task MarkAsync(PortalDbContext db, Guid crowd, IReadOnlyList<CrowdMember> members)
    {
        var cases = members.Select(member => member.Case).ToList();
        foreach (var triage in await db.Triages.Where(triage => cases.Contains(triage.CaseId)).ToListAsync())
        {
            triage.Crowd = crowd;
        }
    }
}
