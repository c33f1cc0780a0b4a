using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Dispatch;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Dispatch;

/// <summary>The desk at which a command centre says how its cases are dispatched.</summary>
public sealed class PolicyDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time) : Desk<DispatchPolicy>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a district's policy: every node and every year the same.</summary>
    public static Guid IdOf(OrgPath district) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"policy:{district}")).AsSpan(0, 16));

    public async Task<PolicyValues> ReadAsync(OrgPath district, CancellationToken cancellationToken = default)
    {
        var id = IdOf(district);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return (await db.DispatchPolicies.AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == id, cancellationToken))?.Values ?? PolicyValues.Default;
    }

    public async Task<Outcome> SetAsync(PolicyValues values, string reason, Actor by)
    {
        var id = IdOf(by.Unit.District);
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.DispatchPolicies.AnyAsync(policy => policy.Id == id))
        {
            return await DoAsync(id, by, policy => policy.Set(values, reason, by, time.GetUtcNow()));
        }

        var (begun, outcome) = DispatchPolicy.Begin(id, by.Unit.District, values, reason, by, time.GetUtcNow());
        if (begun is null)
        {
            return outcome;
        }

        try
        {
            await OpenAsync(db, begun, by);
            return outcome;
        }
        catch (DbUpdateException)
        {
            // Somebody else was the first: his was the beginning, this one comes after it.
            return await DoAsync(id, by, policy => policy.Set(values, reason, by, time.GetUtcNow()));
        }
    }

    protected override bool CanSee(Actor by, DispatchPolicy stream) => by.Unit.District == stream.District;

    protected override Task<DispatchPolicy?> LoadAsync(PortalDbContext db, Guid id) => db.DispatchPolicies.SingleOrDefaultAsync(policy => policy.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Unit(((DispatchPolicy)saved).District), Topic.Registered];
}
