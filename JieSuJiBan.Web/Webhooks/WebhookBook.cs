using System.Collections.Frozen;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>
/// The active subscriptions, in memory: every entry of the log asks here, so asking must cost nothing where nobody listens. Other
/// nodes' changes are seen at the sender's next tick.
/// </summary>
public sealed class WebhookBook(IDbContextFactory<PortalDbContext> databases) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private volatile FrozenDictionary<OrgPath, Subscription[]> _byDistrict = FrozenDictionary<OrgPath, Subscription[]>.Empty;

    public bool IsEmpty => _byDistrict.Count == 0;

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        // One after the other: a slow reading that began earlier must not bring back what was switched off meanwhile.
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var active = await db.Webhooks.AsNoTracking().Where(webhook => webhook.IsActive).ToListAsync(cancellationToken);
            _byDistrict = active
                .GroupBy(webhook => webhook.District)
                .ToFrozenDictionary(group => group.Key, group => group.Select(webhook => new Subscription(webhook.Id, webhook.Events.ToFrozenSet())).ToArray());
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    /// <summary>Who wants to know of such an event in this district.</summary>
    public IEnumerable<Guid> Find(OrgPath district, string name) =>
        _byDistrict.TryGetValue(district, out var all) ? all.Where(one => WebhookEvents.Matches(one.Events, name)).Select(one => one.Id) : [];

    private sealed record Subscription(Guid Id, FrozenSet<string> Events);
}
