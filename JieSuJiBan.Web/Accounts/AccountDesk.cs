using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Accounts;

/// <summary>What an administrator does to accounts and posts. Each change takes effect in open pages at once.</summary>
public sealed class AccountDesk(IServiceScopeFactory scopes, IDbContextFactory<PortalDbContext> databases, PostBook posts, TimeProvider time, ILogger<AccountDesk> logger)
{
    private static readonly Refusal s_unknown = new("account.unknown", "没有这个账号。", "There is no such account.");

    public sealed record Account(string Id, string UserName, string DisplayName, bool IsLocked, IReadOnlyList<Post> Posts);

    /// <summary>One page of accounts by name, of the administrator's own district or below.</summary>
    public async Task<(IReadOnlyList<Account> Accounts, int Total)> ListAsync(
        Actor by, string? search, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var scope = ScopeOf(by).Value;
        var query = db.Users.AsNoTracking().Where(user =>
            db.Posts.Any(post => post.UserId == user.Id && ((string)(object)post.Unit).StartsWith(scope)) || !db.Posts.Any(post => post.UserId == user.Id));
        if (!string.IsNullOrWhiteSpace(search))
        {
            query = query.Where(user => user.DisplayName.Contains(search) || user.UserName!.Contains(search));
        }

        var now = time.GetUtcNow();
        var total = await query.CountAsync(cancellationToken);
        var users = await query.OrderBy(user => user.UserName).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return ([.. users.Select(user => new Account(user.Id, user.UserName!, user.DisplayName, user.LockoutEnd > now, posts.PostsOf(user.Id)))], total);
    }

    public async Task<Outcome> CreateAsync(string userName, string displayName, string password, OrgPath unit, Role role, string? title, Actor by)
    {
        if (CheckPost(unit, role, by) is { } refusal)
        {
            return refusal;
        }

        // His name is what the log will call him, for good.
        if (string.IsNullOrWhiteSpace(displayName))
        {
            return new Refusal("account.name", "请填写姓名。", "Give the officer's name.", "displayName");
        }

        var user = new PortalUser { UserName = userName.Trim(), DisplayName = displayName.Trim(), MustChangePassword = true };
        var outcome = await WithUsersAsync(users => users.CreateAsync(user, password));
        return outcome.IsDone ? await AddPostAsync(user.Id, unit, role, title, by) : outcome;
    }

    public async Task<Outcome> AddPostAsync(string userId, OrgPath unit, Role role, string? title, Actor by)
    {
        if ((CheckAccount(userId, by) ?? CheckPost(unit, role, by)) is { } refusal)
        {
            return refusal;
        }

        if (posts.PostsOf(userId).Any(post => post.DeputyFor is null && post.Unit == unit && post.Role == role))
        {
            return new Refusal("account.post.twice", "已有相同的岗位。", "He holds this post already.");
        }

        await using var db = await databases.CreateDbContextAsync();
        db.Posts.Add(new Post { UserId = userId, Unit = unit, Role = role, Title = title, From = time.GetUtcNow() });
        await db.SaveChangesAsync();
        return await ChangedAsync("post added", userId, by);
    }

    public async Task<Outcome> EndPostAsync(Guid postId, Actor by)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (await db.Posts.SingleOrDefaultAsync(post => post.Id == postId && post.EndedAt == null) is not { } post || by.Role != Role.Administrator || !ScopeOf(by).Contains(post.Unit))
        {
            return s_unknown;
        }

        if (post.UserId == by.UserId)
        {
            return new Refusal("account.post.own", "不能撤销自己的岗位。", "You cannot end your own post.");
        }

        post.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync();
        return await ChangedAsync("post ended", post.UserId, by);
    }

    public Task<Outcome> ResetPasswordAsync(string userId, string password, Actor by) => OnAccountAsync(userId, by, "password reset", async (users, user) =>
    {
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (result.Succeeded)
        {
            user.MustChangePassword = true;
            result = await users.UpdateAsync(user);
        }

        return result;
    });

    public Task<Outcome> LockAsync(string userId, Actor by) => userId == by.UserId
        ? Task.FromResult<Outcome>(new Refusal("account.lock.own", "不能停用自己的账号。", "You cannot lock your own account."))
        : OnAccountAsync(userId, by, "locked", async (users, user) =>
        {
            await users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue);
            return await users.UpdateSecurityStampAsync(user);
        });

    public Task<Outcome> UnlockAsync(string userId, Actor by) => OnAccountAsync(userId, by, "unlocked", async (users, user) =>
    {
        await users.ResetAccessFailedCountAsync(user);
        return await users.SetLockoutEndDateAsync(user, null);
    });

    /// <summary>Gives the password once more in the middle of a session. Wrong ones count towards the lock-out like any other.</summary>
    public async Task<bool> ConfirmPasswordAsync(string userId, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        return await signIn.UserManager.FindByIdAsync(userId) is { } user
            && (await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded;
    }

    /// <summary>The first administrator of a new portal.</summary>
    public async Task<Outcome> CreateFirstAsync(string userName, string displayName, string password, OrgPath unit)
    {
        var outcome = Outcome.Done;
        var user = new PortalUser { UserName = userName, DisplayName = displayName };
        if ((outcome = await WithUsersAsync(users => users.CreateAsync(user, password))).IsDone)
        {
            await using var db = await databases.CreateDbContextAsync();
            db.Posts.Add(new Post { UserId = user.Id, Unit = unit, Role = Role.Administrator, From = time.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        return outcome;
    }

    internal static OrgPath ScopeOf(Actor by) => by.Unit.Kind == UnitKind.Department ? by.Unit.District : by.Unit;

    // All his posts, not any: whoever resets a password could else act in a branch that is not his.
    private Refusal? CheckAccount(string userId, Actor by) =>
        by.Role == Role.Administrator && posts.PostsOf(userId).All(post => ScopeOf(by).Contains(post.Unit)) ? null : s_unknown;

    private static Refusal? CheckPost(OrgPath unit, Role role, Actor by) =>
        by.Role != Role.Administrator || !ScopeOf(by).Contains(unit) ? s_unknown
        : !role.Fits(unit.Kind) ? new Refusal("account.post.kind", "该单位没有这类岗位。", "There is no such post in this kind of unit.", "role")
        : null;

    private async Task<Outcome> OnAccountAsync(string userId, Actor by, string what, Func<UserManager<PortalUser>, PortalUser, Task<IdentityResult>> change)
    {
        if (CheckAccount(userId, by) is { } refusal)
        {
            return refusal;
        }

        var outcome = await WithUsersAsync(async users => await users.FindByIdAsync(userId) is { } user
            ? await change(users, user)
            : IdentityResult.Failed(new IdentityError { Code = s_unknown.Code, Description = s_unknown.Chinese }));
        return outcome.IsDone ? await ChangedAsync(what, userId, by) : outcome;
    }

    private async Task<Outcome> WithUsersAsync(Func<UserManager<PortalUser>, Task<IdentityResult>> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await change(scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>());
        return result.Errors.FirstOrDefault() is not { } error ? Outcome.Done : new Refusal($"account.{error.Code}", error.Description, error.Code, FieldOf(error.Code));
    }

    // Identity's codes name what they are about.
    private static string? FieldOf(string code) =>
        code.StartsWith("Password", StringComparison.Ordinal) ? "password" : code.EndsWith("UserName", StringComparison.Ordinal) ? "user" : null;

    private async Task<Outcome> ChangedAsync(string what, string userId, Actor by)
    {
        await posts.LoadAsync();
        logger.AccountChanged(what, userId, by.UserId);
        return Outcome.Done;
    }
}

internal static partial class AccountDeskLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Account {UserId}: {What}, by {AdministratorId}.")]
    public static partial void AccountChanged(this ILogger logger, string what, string userId, string administratorId);
}
