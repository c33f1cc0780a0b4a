using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Web.Open311;

/// <summary>What an administrator does to the keys of other systems, and the door's question whose key it is.</summary>
public sealed class KeyDesk(IDbContextFactory<PortalDbContext> databases, UnitBook units, TimeProvider time, ILogger<KeyDesk> logger)
{
    public const int Page = 20;

    private static readonly Refusal s_unknown = new("key.unknown", "没有这个密钥。", "There is no such key.");

    /// <summary>One page of keys, the newest first, of the administrator's own district or below.</summary>
    public async Task<(IReadOnlyList<ApiKey> Keys, int Total)> ListAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        if (by.Role != Role.Administrator)
        {
            return ([], 0);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var scope = AccountDesk.ScopeOf(by).Value;
        var keys = db.ApiKeys.AsNoTracking().Where(key => ((string)(object)key.District).StartsWith(scope));
        return (
            await keys.OrderByDescending(key => key.Id).Skip((page - 1) * Page).Take(Page).ToListAsync(cancellationToken),
            await keys.CountAsync(cancellationToken));
    }

    /// <summary>The key itself is told here and never again.</summary>
    public async Task<(string? Secret, Outcome Outcome)> CreateAsync(string name, OrgPath district, Actor by)
    {
        if (Check(name, district, by) is { } refusal)
        {
            return (null, refusal);
        }

        var (prefix, secret, hash) = Make();
        var key = new ApiKey
        {
            Name = name.Trim(),
            District = district,
            Prefix = prefix,
            Hash = hash,
            CreatedBy = by.UserId,
            CreatedByName = by.Name,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await databases.CreateDbContextAsync();
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync();
        logger.KeyChanged("created", key.Id, by.UserId);
        return (secret, Outcome.Done);
    }

    /// <summary>A new secret for the same system; the old one ends at once.</summary>
    public async Task<(string? Secret, Outcome Outcome)> RotateAsync(Guid id, Actor by)
    {
        var (prefix, secret, hash) = Make();
        var outcome = await ChangeAsync(id, by, "rotated", key => (key.Prefix, key.Hash) = (prefix, hash));
        return (outcome.IsDone ? secret : null, outcome);
    }

    public Task<Outcome> RevokeAsync(Guid id, Actor by) => ChangeAsync(id, by, "revoked", key => key.RevokedAt = time.GetUtcNow());

    /// <summary>The valid key that was presented, if it is one.</summary>
    public async Task<ApiKey?> FindAsync(string presented, CancellationToken cancellationToken = default)
    {
        var prefix = presented.Split('_') is ["jsjb", { Length: PrefixLength } shown, { Length: SecretLength }] ? shown : "";
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Prefix == prefix && key.RevokedAt == null, cancellationToken);

        // As long for a made-up prefix as for a known one.
        if (!CryptographicOperations.FixedTimeEquals(HashOf(presented), key?.Hash ?? new byte[SHA256.HashSizeInBytes]) || key is null)
        {
            return null;
        }

        var today = WorkCalendar.DateAt(time.GetUtcNow());
        if (key.LastUsedOn != today)
        {
            await db.ApiKeys.Where(stored => stored.Id == key.Id).ExecuteUpdateAsync(update => update.SetProperty(stored => stored.LastUsedOn, today), cancellationToken);
        }

        return key;
    }

    private const int PrefixLength = 8, SecretLength = 48;

    private static (string Prefix, string Secret, byte[] Hash) Make()
    {
        var prefix = RandomNumberGenerator.GetHexString(PrefixLength, lowercase: true);
        var secret = $"jsjb_{prefix}_{RandomNumberGenerator.GetHexString(SecretLength, lowercase: true)}";
        return (prefix, secret, HashOf(secret));
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Refusal? Check(string name, OrgPath district, Actor by) =>
        by.Role != Role.Administrator ? s_unknown
        : district.Kind != UnitKind.District || units.Find(district) is null ? new Refusal("key.district", "请选择区。", "Choose a district.", "district")
        : !AccountDesk.ScopeOf(by).Contains(district) ? s_unknown
        : string.IsNullOrWhiteSpace(name) || name.Trim().Length > ApiKey.MaxName
            ? new Refusal("key.name", $"请填写对方系统的名称，最多{ApiKey.MaxName}个字。", $"Name the other system, in at most {ApiKey.MaxName} characters.", "name")
        : null;

    private async Task<Outcome> ChangeAsync(Guid id, Actor by, string what, Action<ApiKey> change)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (by.Role != Role.Administrator
            || await db.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null) is not { } key
            || !AccountDesk.ScopeOf(by).Contains(key.District))
        {
            return s_unknown;
        }

        change(key);
        await db.SaveChangesAsync();
        logger.KeyChanged(what, id, by.UserId);
        return Outcome.Done;
    }
}

internal static partial class KeyDeskLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "API key {Id}: {What}, by {AdministratorId}.")]
    public static partial void KeyChanged(this ILogger logger, string what, Guid id, string administratorId);
}
