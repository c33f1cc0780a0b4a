using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Whistles;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Whistles;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Home;

/// <summary>Something a leader decides, with the facts at hand. A signature has no request.</summary>
public sealed record DecisionItem(Whistle Whistle, LeaderRequest? Request)
{
    public string Key => $"{Whistle.Id}/{Request?.No}";
}

/// <summary>A leader's inbox: signatures and questions that wait for him, the oldest first.</summary>
public sealed class Inbox(IDbContextFactory<PortalDbContext> databases)
{
    private const int Shown = 30;

    public async Task<IReadOnlyList<DecisionItem>> ReadAsync(Actor by, CancellationToken cancellationToken = default)
    {
        var unit = by.Unit;
        if (!by.Leads(unit))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var toSign = await WhistleDesk.WithParts(db.Whistles.AsNoTracking().Where(whistle => whistle.Signer == unit && whistle.NeedsSignature))
            .OrderBy(whistle => whistle.DraftedAt).Take(Shown).ToListAsync(cancellationToken);
        var asked = await WhistleDesk.WithParts(db.Whistles.AsNoTracking()
                .Where(whistle => whistle.Requests.Any(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)))
            .OrderBy(whistle => whistle.DraftedAt).Take(Shown).ToListAsync(cancellationToken);

        return
        [
            .. toSign.OrderByDescending(whistle => whistle.Kind == WhistleKind.Emergency).Select(whistle => new DecisionItem(whistle, null)),
            .. asked.SelectMany(whistle => whistle.Requests
                    .Where(request => request.AddressedTo == unit && request.Decision == Decision.Waiting)
                    .Select(request => new DecisionItem(whistle, request)))
                .OrderBy(item => item.Request!.AskedAt),
        ];
    }
}
