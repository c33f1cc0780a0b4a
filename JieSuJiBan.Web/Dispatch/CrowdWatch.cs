using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain.Crowds;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>Counts what is demanded at one place, and raises a crowd where it is enough (群诉预警).</summary>
public sealed class CrowdWatch(IDbContextFactory<PortalDbContext> databases, CrowdDesk desk, TimeProvider time)
{
    // So many stand in the event; the others belong to the crowd all the same.
    private const int Told = 200;

    public async Task CountAsync(Triage one, PolicyValues policy, CancellationToken cancellationToken)
    {
        if (one.PlaceName.Length == 0 || one.Crowd is not null)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var since = one.RaisedAt.AddHours(-policy.CrowdHours);
        var members = await db.Triages
            .Where(triage => triage.District == one.District && triage.PlaceName == one.PlaceName && triage.Class == one.Class
                && triage.RaisedAt >= since && triage.RaisedAt <= one.RaisedAt && triage.Street == one.Street)
            .OrderBy(triage => triage.RaisedAt)
            .Take(Told)
            .Join(db.Cases, triage => triage.CaseId, file => file.Id, (triage, file) => new { triage.Crowd, Member = new CrowdMember(file.Id, file.Number, file.Title) })
            .ToListAsync(cancellationToken);

        // A crowd that somebody has decided on lately answers for those who come after it too.
        if (members.Select(row => row.Crowd).OfType<Guid>().FirstOrDefault() is var known && known != default)
        {
            var late = members.Where(row => row.Crowd is null).Select(row => row.Member).ToList();
            await desk.DoAsync(known, Actor.Matcher(one.District), crowd => crowd.Grow(late, time.GetUtcNow()));
        }
        else if (members.Count >= policy.CrowdSize)
        {
            await RaiseAsync(one, [.. members.Select(row => row.Member)], policy);
        }
    }

    private async Task RaiseAsync(Triage one, IReadOnlyList<CrowdMember> members, PolicyValues policy)
    {
        // Two nodes that count the same raise the same, and the second finds it raised.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"crowd:{one.Street}:{one.Class}:{one.PlaceName}:{members[0].Case}")).AsSpan(0, 16));
        try
        {
            await desk.RaiseAsync(id, new CrowdRaised(one.Home, one.Class, one.PlaceName, members, $"{policy.CrowdHours}小时内{policy.CrowdSize}件"), time.GetUtcNow());
        }
        catch (DbUpdateException)
        {
            await using var db = await databases.CreateDbContextAsync();
            if (!await db.Crowds.AnyAsync(crowd => crowd.Id == id))
            {
                throw;
            }
        }
    }
}
