using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Log;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Log;
using JieSuJiBan.Web.Realtime;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Accounts;

/// <summary>The desk at which a leader lends his post while he is away. What is decided there counts in open pages at once.</summary>
public sealed class DelegationDesk(IDbContextFactory<PortalDbContext> databases, Feed feed, PostBook posts, TimeProvider time) : Desk<Delegation>(databases, feed)
{
    private const int Shown = 20;

    private static readonly Refusal s_overlap = new("delegation.overlap", "这段时间已经授权，请先收回。", "It is lent for that time already: take that back first.", "from");

    private readonly IDbContextFactory<PortalDbContext> _databases = databases;

    /// <summary>Whom he can name: his own unit's people, in their own posts.</summary>
    public IReadOnlyList<Actor> Candidates(Actor by) =>
        [.. posts.HoldersIn(by.Unit).Where(person => !person.IsDeputy && person.UserId != by.UserId && person.Role.HandlesCases()).DistinctBy(person => person.UserId)];

    /// <summary>What he gave and was lent, the last first.</summary>
    public async Task<IReadOnlyList<Delegation>> ListAsync(Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var (given, lent) = (db.Delegations.AsNoTracking().Where(one => one.Leader == by.UserId), db.Delegations.AsNoTracking().Where(one => one.Deputy == by.UserId));
        return
        [
            .. (await given.OrderByDescending(one => one.EndsAt).Take(Shown).ToListAsync(cancellationToken))
                .Concat(await lent.OrderByDescending(one => one.EndsAt).Take(Shown).ToListAsync(cancellationToken))
                .OrderByDescending(one => one.EndsAt),
        ];
    }

    public async Task<Outcome> GiveAsync(string deputy, DateTimeOffset from, DateTimeOffset to, string reason, Actor by)
    {
        var id = by.Form ?? Guid.CreateVersion7(time.GetUtcNow());
        if (await IsRepeatAsync(id, by))
        {
            return Outcome.Done;
        }

        // Whoever is not to be named is refused like oneself.
        var person = Candidates(by).FirstOrDefault(one => one.UserId == deputy) ?? by;
        var (delegation, outcome) = Delegation.Give(id, person, from, to, reason, by, time.GetUtcNow());
        if (outcome.Refusal is not null)
        {
            return outcome;
        }

        await using var db = await _databases.CreateDbContextAsync();
        var terms = delegation!.Terms;
        var others = await db.Delegations.AsNoTracking().Where(one => one.Leader == by.UserId && one.EndsAt > terms.From).ToListAsync();
        if (others.Exists(other => other.Terms.Overlaps(terms)))
        {
            return s_overlap;
        }

        await OpenAsync(db, delegation, by);
        return Outcome.Done;
    }

    public Task<Outcome> EndAsync(Guid id, Actor by) => DoAsync(id, by, delegation => delegation.End(by, time.GetUtcNow()));

    protected override bool CanSee(Actor by, Delegation stream) => by.UserId == stream.Leader || by.UserId == stream.Deputy;

    protected override Task<Delegation?> LoadAsync(PortalDbContext db, Guid id) => db.Delegations.SingleOrDefaultAsync(delegation => delegation.Id == id);

    protected override void OnSaved(Aggregate saved, IReadOnlyList<LogEntry> entries) => posts.Put(saved.Id, ((Delegation)saved).Terms);

    protected override IEnumerable<Topic> Topics(Aggregate saved, IReadOnlyList<LogEntry> entries) => [Topic.Unit(((Delegation)saved).Unit)];
}
