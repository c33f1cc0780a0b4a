using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Access;
using JieSuJiBan.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

/// <summary>A whistle that calls somebody's unit and has not been answered yet.</summary>
public sealed record Alarm(Guid Whistle, string Number, string Title, OrgPath Whistler, WhistleKind Kind, DateTimeOffset SummonedAt, DateTimeOffset RespondBy);

/// <summary>Whistles that sound for a unit wherever its people are in the portal, and decisions that wait for a leader.</summary>
public sealed class Alarms(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<IReadOnlyList<Alarm>> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var unit = by.Unit;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Whistles.Where(Sight.Whistles(by)).SelectMany(whistle => whistle.Units, (whistle, summoned) => new { whistle, summoned })
            .Where(row => row.summoned.Unit == unit && row.summoned.State == UnitState.Awaiting && row.summoned.SummonedAt != null && row.whistle.IsOpen)
            .OrderByDescending(row => row.summoned.SummonedAt)
            .Take(20)
            .Select(row => new Alarm(
                row.whistle.Id, row.whistle.Number, row.whistle.Title, row.whistle.Whistler, row.whistle.Kind, row.summoned.SummonedAt!.Value, row.summoned.RespondBy!.Value))
            .ToListAsync(cancellationToken);
    }
}
