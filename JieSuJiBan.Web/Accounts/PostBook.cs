using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using JieSuJiBan.Domain.Delegations;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Accounts;

public static class PortalClaims
{
    /// <summary>The post the officer acts as.</summary>
    public const string Post = "post";

    /// <summary>When the password was given, in Unix seconds.</summary>
    public const string SignedIn = "signed_in";

    /// <summary>One per sign-in: a password given again counts for this session only.</summary>
    public const string Session = "session";

    public const string MustChangePassword = "must_change_password";
}

/// <summary>
/// Who holds which post now, in memory, and who stands in for whom. Every act and every push asks here, so a post that ends or an
/// account that is locked ends for open pages too, at once and not at the next sign-in.
/// </summary>
public sealed class PostBook(IDbContextFactory<PortalDbContext> databases, UnitBook units, RecentPasswords passwords, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private volatile FrozenDictionary<Guid, Holder> _posts = FrozenDictionary<Guid, Holder>.Empty;
    private volatile FrozenDictionary<OrgPath, Holder[]> _byUnit = FrozenDictionary<OrgPath, Holder[]>.Empty;
    private volatile FrozenDictionary<(Role, OrgPath), Actor[]> _byRole = FrozenDictionary<(Role, OrgPath), Actor[]>.Empty;
    private ImmutableDictionary<Guid, DelegationTerms> _delegations = ImmutableDictionary<Guid, DelegationTerms>.Empty;

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        // One after the other: a slow reading that began earlier must not bring back a post that has ended meanwhile.
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var rows = await db.Posts.AsNoTracking()
                .Where(post => post.EndedAt == null)
                .Join(db.Users, post => post.UserId, user => user.Id, (post, user) => new { post, user.DisplayName, user.SecurityStamp, user.LockoutEnd })
                .ToListAsync(cancellationToken);
            var holders = rows.ConvertAll(row => new Holder(row.post, row.SecurityStamp, ActorIn(row.post, row.DisplayName)));
            _posts = holders.ToFrozenDictionary(holder => holder.Post.Id);

            // Whose account an administrator has locked is told nothing and lends nothing. Wrong passwords lock for minutes only.
            var now = time.GetUtcNow();
            holders = [.. holders.Zip(rows).Where(pair => !(pair.Second.LockoutEnd > now.AddYears(1))).Select(pair => pair.First)];
            _byUnit = holders.GroupBy(holder => holder.Post.Unit).ToFrozenDictionary(unit => unit.Key, unit => unit.ToArray());
            _byRole = holders.GroupBy(holder => (holder.Post.Role, holder.Post.Unit.District))
                .ToFrozenDictionary(role => role.Key, role => role.Select(holder => holder.Actor).ToArray());

            ImmutableInterlocked.Update(ref _delegations, known => known.RemoveRange(known.Where(one => one.Value.To <= now).Select(one => one.Key)));
            foreach (var delegation in await db.Delegations.AsNoTracking().Where(one => one.EndsAt > now).ToListAsync(cancellationToken))
            {
                Put(delegation.Id, delegation.Terms);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    /// <summary>The person behind a request or circuit, in the post he acts as; nobody if he does not hold it any more.</summary>
    public Actor? Find(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || !Guid.TryParse(user.FindFirstValue(PortalClaims.Post), out var postId)
            || (_posts.GetValueOrDefault(postId) ?? DeputyIn(postId)) is not { } holder
            || holder.Post.UserId != id
            || holder.Stamp != user.FindFirstValue(StampClaim)
            || user.HasClaim(claim => claim.Type == PortalClaims.MustChangePassword))
        {
            return null;
        }

        var signedIn = long.TryParse(user.FindFirstValue(PortalClaims.SignedIn), CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
        var confirmed = passwords.LastGiven(user.FindFirstValue(PortalClaims.Session) ?? "");
        return holder.Actor with { SignedInAt = confirmed > signedIn ? confirmed.Value : signedIn };
    }

    /// <summary>What somebody holds now: his own posts, then those that he was lent.</summary>
    public IReadOnlyList<Post> PostsOf(string userId) =>
    [
        .. _posts.Values.Where(holder => holder.Post.UserId == userId).Select(holder => holder.Post).OrderBy(post => post.From),
        .. _delegations.Where(one => one.Value.Deputy == userId).Select(one => DeputyIn(one.Key)?.Post).OfType<Post>().OrderBy(post => post.From),
    ];

    /// <summary>Everybody who holds a post in this very unit, or was lent one; good for telling them, not for acting.</summary>
    public IReadOnlyList<Actor> HoldersIn(OrgPath unit) =>
    [
        .. _byUnit.GetValueOrDefault(unit, []).Select(holder => holder.Actor),
        .. _delegations.Where(one => one.Value.Unit == unit).Select(one => DeputyIn(one.Key)?.Actor).OfType<Actor>(),
    ];

    /// <summary>Whether somebody holds a post in this very unit, or was lent one.</summary>
    public bool IsIn(OrgPath unit, string userId) => HoldersIn(unit).Any(person => person.UserId == userId);

    /// <summary>Everybody who holds such a post of his own anywhere in a district.</summary>
    public IReadOnlyList<Actor> HoldersOf(Role role, OrgPath district) => _byRole.GetValueOrDefault((role, district), []);

    // It only ever becomes shorter: a slow reading that began before it was ended brings nothing back.
    internal void Put(Guid delegation, DelegationTerms terms) => ImmutableInterlocked.AddOrUpdate(ref _delegations, delegation, terms, (_, known) => known.To < terms.To ? known : terms);

    // Only as long as both still hold a post in the unit: what the leader has lost he cannot lend.
    private Holder? DeputyIn(Guid id)
    {
        if (!_delegations.TryGetValue(id, out var terms) || time.GetUtcNow() is var now && (now < terms.From || now >= terms.To))
        {
            return null;
        }

        var here = _byUnit.GetValueOrDefault(terms.Unit, []);
        if (!here.Any(holder => holder.Post.UserId == terms.Leader && holder.Post.Role == terms.Role)
            || Array.Find(here, holder => holder.Post.UserId == terms.Deputy) is not { } deputy)
        {
            return null;
        }

        var post = new Post { Id = id, UserId = terms.Deputy, Unit = terms.Unit, Role = terms.Role, From = terms.From, DeputyFor = terms.LeaderName };
        return new Holder(post, deputy.Stamp, ActorIn(post, $"{deputy.Actor.Name}（代{terms.LeaderName}）") with { DeputyFor = terms.Leader });
    }

    private Actor ActorIn(Post post, string name) => new(post.UserId, name, post.Unit, units.ShortName(post.Unit), post.Role, DateTimeOffset.MinValue);

    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private sealed record Holder(Post Post, string? Stamp, Actor Actor);
}

/// <summary>Passwords given again in the middle of a session, before a decision. Per node and in memory: after a restart one is asked once more.</summary>
public sealed class RecentPasswords(TimeProvider time)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, DateTimeOffset> _given = new();

    public DateTimeOffset? LastGiven(string session) => _given.TryGetValue(session, out var at) ? at : null;

    public void Given(string session)
    {
        var now = time.GetUtcNow();
        foreach (var old in _given.Where(entry => now - entry.Value > Domain.Whistles.Freshness.Limit))
        {
            _given.TryRemove(old);
        }

        _given[session] = now;
    }
}
