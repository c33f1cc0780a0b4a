using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Callbacks;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Callbacks;

/// <summary>What a district asks by; <paramref name="Id"/> is none, and the version 0, for what the portal ships with.</summary>
public sealed record CallbackPlanVersion(Guid? Id, int Version, CallbackTerms Terms, DateTimeOffset? SetAt = null, string? SetBy = null, string? Reason = null);

/// <summary>The desk at which a district says how it asks.</summary>
public sealed class CallbackPlanDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, TimeProvider time) : Desk<CallbackPlan>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>The stream of a district's plan: every node and every year the same.</summary>
    public static Guid IdOf(OrgPath district) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"callback-plan:{district}")).AsSpan(0, 16));

    public async Task<CallbackPlanVersion> ReadAsync(OrgPath district, CancellationToken cancellationToken = default)
    {
        var id = IdOf(district);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await db.CallbackPlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id, cancellationToken) is { } plan
            ? new(id, plan.Version, plan.Terms!)
            : new(null, 0, CallbackTerms.Default);
    }

    /// <summary>The versions, the newest first; at most so many as one looks through.</summary>
    public async Task<IReadOnlyList<CallbackPlanVersion>> VersionsAsync(OrgPath district, CancellationToken cancellationToken = default)
    {
        var id = IdOf(district);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var entries = await db.Log.AsNoTracking().Where(entry => entry.Stream == id).OrderByDescending(entry => entry.Sequence).Take(20).ToListAsync(cancellationToken);
        return [.. entries.Select(entry => (entry, Set: (CallbackPlanSet)entry.Event)).Select(row => new CallbackPlanVersion(id, row.entry.Sequence, row.Set.Terms, row.entry.At, row.entry.By.Name, row.Set.Reason))];
    }

    /// <summary>A new version, with a seed of its own: nobody can choose whom it draws.</summary>
    public async Task<Outcome> SetAsync(CallbackTerms terms, string reason, Actor by)
    {
        terms = terms with { Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)) };
        var id = IdOf(by.Unit.District);
        await using var db = await _databases.CreateDbContextAsync();
        if (await db.CallbackPlans.AnyAsync(plan => plan.Id == id))
        {
            return await DoAsync(id, by, plan => plan.Set(terms, reason, by, time.GetUtcNow()));
        }

        var (begun, outcome) = CallbackPlan.Begin(id, by.Unit.District, terms, reason, by, time.GetUtcNow());
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
            return await DoAsync(id, by, plan => plan.Set(terms, reason, by, time.GetUtcNow()));
        }
    }

    protected override bool CanSee(Actor by, CallbackPlan stream) => by.Unit.District == stream.District;

    protected override Task<CallbackPlan?> LoadAsync(PortalDbContext db, Guid id) => db.CallbackPlans.SingleOrDefaultAsync(plan => plan.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Callbacks(((CallbackPlan)saved).District)];
}
