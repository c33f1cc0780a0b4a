using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
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
/// Who holds which post now, in memory. Every act and every push asks here, so a post that ends or an account that is locked ends
/// for open pages too, at once and not at the next sign-in.
/// </summary>
public sealed class PostBook(IDbContextFactory<PortalDbContext> databases, UnitBook units, RecentPasswords passwords) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private volatile FrozenDictionary<Guid, Holder> _posts = FrozenDictionary<Guid, Holder>.Empty;
    private volatile FrozenDictionary<OrgPath, Actor[]> _byUnit = FrozenDictionary<OrgPath, Actor[]>.Empty;
    private volatile FrozenDictionary<(Role, OrgPath), Actor[]> _byRole = FrozenDictionary<(Role, OrgPath), Actor[]>.Empty;

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        // One after the other: a slow reading that began earlier must not bring back a post that has ended meanwhile.
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var posts = await db.Posts.AsNoTracking()
                .Where(post => post.EndedAt == null)
                .Join(db.Users, post => post.UserId, user => user.Id, (post, user) => new { post, user.DisplayName, user.SecurityStamp })
                .ToListAsync(cancellationToken);
            _posts = posts.ToFrozenDictionary(row => row.post.Id, row => new Holder(row.post, row.DisplayName, row.SecurityStamp));
            _byUnit = posts.GroupBy(row => row.post.Unit).ToFrozenDictionary(
                unit => unit.Key,
                unit => unit.Select(row => new Actor(row.post.UserId, row.DisplayName, unit.Key, units.ShortName(unit.Key), row.post.Role, DateTimeOffset.MinValue)).ToArray());
            _byRole = _byUnit.Values.SelectMany(holders => holders)
                .GroupBy(holder => (holder.Role, holder.Unit.District)).ToFrozenDictionary(group => group.Key, group => group.ToArray());
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
            || !_posts.TryGetValue(postId, out var holder)
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
        var post = holder.Post;
        return new Actor(id, holder.Name, post.Unit, units.ShortName(post.Unit), post.Role, confirmed > signedIn ? confirmed.Value : signedIn);
    }

    public IReadOnlyList<Post> PostsOf(string userId) =>
        [.. _posts.Values.Where(holder => holder.Post.UserId == userId).Select(holder => holder.Post).OrderBy(post => post.From)];

    /// <summary>Everybody who holds a post in this very unit; good for telling them, not for acting.</summary>
    public IReadOnlyList<Actor> HoldersIn(OrgPath unit) => _byUnit.GetValueOrDefault(unit, []);

    /// <summary>Everybody who holds such a post anywhere in a district.</summary>
    public IReadOnlyList<Actor> HoldersOf(Role role, OrgPath district) => _byRole.GetValueOrDefault((role, district), []);

    private const string StampClaim = "AspNet.Identity.SecurityStamp";

    private sealed record Holder(Post Post, string Name, string? Stamp);
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
