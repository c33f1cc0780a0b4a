using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
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
    private const int Told = PolicyValues.MaxCrowd;

    public async Task CountAsync(Triage one, PolicyValues policy, CancellationToken cancellationToken)
    {
        // A refusal means that another node counts at the same time: look again at what is left to count.
        while (one is { PlaceName.Length: > 0, Crowd: null } && await TryAsync(one, policy, cancellationToken) is { IsDone: false })
        {
        }
    }

    private async Task<Outcome> TryAsync(Triage one, PolicyValues policy, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(one, TimeSpan.FromHours(policy.CrowdHours), cancellationToken);

        // A crowd that somebody has decided on lately answers for those who come after it too.
        if (members.Find(row => row.Crowd is not null) is { Crowd: { } known })
        {
            var late = members.Where(row => row.Crowd is null).Select(row => row.Member).ToList();
            return await desk.DoAsync(known, Actor.Matcher(one.District), crowd => crowd.Grow(late, time.GetUtcNow()));
        }

        return People(members) >= policy.CrowdSize ? await RaiseAsync(one, [.. members.Select(row => row.Member)], policy) : Outcome.Done;
    }

    // An import tells of calls in any order, so the time is looked at both ways: the fullest stretch of it that this one lies in.
    private async Task<List<Counted>> MembersAsync(Triage one, TimeSpan stretch, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (since, until) = (one.RaisedAt - stretch, one.RaisedAt + stretch);
        var near = await db.Triages
            .Where(triage => triage.District == one.District && triage.PlaceName == one.PlaceName && triage.Class == one.Class
                && triage.RaisedAt >= since && triage.RaisedAt <= until && triage.Street == one.Street)
            .OrderByDescending(triage => triage.RaisedAt)
            .Take(Told)
            .Join(db.Cases, triage => triage.CaseId, file => file.Id, (triage, file) => new Counted(
                triage.RaisedAt, triage.Crowd, new CrowdMember(file.Id, file.Number, file.Title), db.Petitioners.Where(row => row.CaseId == file.Id).Select(row => row.Trace).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return near.Where(first => first.RaisedAt <= one.RaisedAt)
            .Select(first => near.FindAll(other => other.RaisedAt >= first.RaisedAt && other.RaisedAt <= first.RaisedAt + stretch && first.RaisedAt + stretch >= one.RaisedAt))
            .MaxBy(People) ?? [];
    }

    // What one person says again is not the matter of many. Whoever cannot be told apart counts as himself.
    private static int People(List<Counted> members) =>
        members.Select(row => row.Trace is { } trace ? Convert.ToHexString(trace) : row.Member.Number).Distinct().Count();

    private Task<Outcome> RaiseAsync(Triage one, IReadOnlyList<CrowdMember> members, PolicyValues policy)
    {
        // Two nodes that count the same raise the same, and the second finds it raised.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"crowd:{one.Street}:{one.Class}:{one.PlaceName}:{members[0].Case}")).AsSpan(0, 16));
        return desk.RaiseAsync(id, new CrowdRaised(one.Home, one.Class, one.PlaceName, members, $"{policy.CrowdHours}小时内{policy.CrowdSize}件"), time.GetUtcNow());
    }

    private sealed record Counted(DateTimeOffset RaisedAt, Guid? Crowd, CrowdMember Member, byte[]? Trace);
}
