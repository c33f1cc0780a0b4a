using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Mutual;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Mutual;

/// <summary>The desk at which a district sets its 双考评 scheme; what it has not set is the portal's.</summary>
public sealed class MutualDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, MutualTerms usual, TimeProvider time) : Desk<MutualScheme>(databases, feed)
{
    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    public MutualVersion Usual { get; } = new(0, default, usual);

    public async Task<IReadOnlyList<MutualVersion>> VersionsAsync(OrgPath district, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var scheme = await db.MutualSchemes.AsNoTracking().SingleOrDefaultAsync(scheme => scheme.District == district, cancellationToken);
        return scheme?.Versions ?? [];
    }

    /// <summary>The district's versions after the portal's own.</summary>
    public async Task<IReadOnlyList<MutualVersion>> AllVersionsAsync(OrgPath district, CancellationToken cancellationToken = default) => [Usual, .. await VersionsAsync(district, cancellationToken)];

    /// <summary>The version that a month is counted by.</summary>
    public async Task<MutualVersion> OfAsync(OrgPath district, Month month, CancellationToken cancellationToken = default) =>
        MutualScheme.Of(await VersionsAsync(district, cancellationToken), month) ?? Usual;

    /// <param name="seen">The newest version when it was changed, 0 for the portal's: who was slower looks again.</param>
    public async Task<Outcome> SetAsync(Month from, MutualTerms terms, string reason, int seen, Actor by)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var district = by.Unit.District;
        if (await db.MutualSchemes.Where(scheme => scheme.District == district).Select(scheme => (Guid?)scheme.Id).SingleOrDefaultAsync() is { } known)
        {
            return await DoAsync(known, by, scheme => scheme.Version != seen ? Changed : scheme.Set(from, terms, reason, by, time.GetUtcNow()));
        }

        var (scheme, outcome) = MutualScheme.Begin(Guid.CreateVersion7(time.GetUtcNow()), from, terms, reason, by, time.GetUtcNow());
        if (!outcome.IsDone)
        {
            return outcome;
        }

        db.Add(scheme!);
        return await SaveTogetherAsync(db, Changed);
    }

    protected override bool CanSee(Actor by, MutualScheme stream) => by.Unit.District == stream.District;

    protected override Task<MutualScheme?> LoadAsync(PortalDbContext db, Guid id) => db.MutualSchemes.SingleOrDefaultAsync(scheme => scheme.Id == id);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Unit(((MutualScheme)saved).District)];
}
