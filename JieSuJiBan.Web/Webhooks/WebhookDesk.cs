using System.Security.Cryptography;
using System.Text;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Accounts;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Organisation;
using JieSuJiBan.Web.Realtime;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>What an administrator writes into the form.</summary>
public sealed record WebhookTerms(string Name, OrgPath District, string Url, string Events);

/// <summary>A subscription in the list, with what has not got through. Counts go no further than anyone would leaf.</summary>
public sealed record WebhookLine(Webhook Webhook, int Waiting, int Dead);

/// <summary>What an administrator does to subscriptions, and what he sees of their messages.</summary>
public sealed class WebhookDesk(
    IDbContextFactory<PortalDbContext> databases, WebhookBook book, UnitBook units, IDataProtectionProvider protection, Feed feed, Courier courier,
    IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookDesk> logger)
{
    public const int Page = 20, MaxCount = 1000;

    private static readonly Refusal s_unknown = new("webhook.unknown", "没有这个订阅。", "There is no such subscription.");

    private readonly IDataProtector _protector = protection.CreateProtector("webhook.v1");

    public async Task<(IReadOnlyList<WebhookLine> Lines, int Total)> ListAsync(Actor by, int page, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var webhooks = Visible(db, by);
        return (
            await webhooks.OrderByDescending(webhook => webhook.Id).Skip((page - 1) * Page).Take(Page)
                .Select(webhook => new WebhookLine(
                    webhook,
                    db.Deliveries.Where(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Waiting).Take(MaxCount).Count(),
                    db.Deliveries.Where(delivery => delivery.WebhookId == webhook.Id && delivery.State == DeliveryState.Dead).Take(MaxCount).Count()))
                .ToListAsync(cancellationToken),
            await webhooks.CountAsync(cancellationToken));
    }

    public async Task<Webhook?> FindAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Visible(db, by).SingleOrDefaultAsync(webhook => webhook.Id == id, cancellationToken);
    }

    /// <summary>A page of a subscription's messages in one state: the newest first, but what waits in the order in which it will go.</summary>
    public async Task<(IReadOnlyList<Delivery> Deliveries, int Total)> ReadAsync(Guid id, DeliveryState state, int page, Actor by, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, by, cancellationToken) is null)
        {
            return ([], 0);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var deliveries = db.Deliveries.AsNoTracking().Where(delivery => delivery.WebhookId == id && delivery.State == state);
        var sorted = state == DeliveryState.Waiting ? deliveries.OrderBy(delivery => delivery.No) : deliveries.OrderByDescending(delivery => delivery.No);
        return (
            await sorted.Skip((Math.Clamp(page, 1, MaxCount / Page) - 1) * Page).Take(Page).ToListAsync(cancellationToken),
            await deliveries.Take(MaxCount).CountAsync(cancellationToken));
    }

    /// <summary>The secret for the signatures is told here and never again.</summary>
    public async Task<(string? Secret, Outcome Outcome)> CreateAsync(WebhookTerms terms, Actor by)
    {
        if (Check(terms, by) is { } refusal)
        {
            return (null, refusal);
        }

        var secret = $"whsec_{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        var webhook = new Webhook
        {
            Name = terms.Name.Trim(),
            District = terms.District,
            Url = new Uri(terms.Url.Trim()),
            Events = [.. Patterns(terms.Events)],
            Secret = _protector.Protect(Encoding.UTF8.GetBytes(secret)),
            CreatedBy = by.UserId,
            CreatedByName = by.Name,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await databases.CreateDbContextAsync();
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync();
        await ChangedAsync("created", webhook.Id, by);
        return (secret, Outcome.Done);
    }

    /// <summary>Switched on again, it gets what has waited.</summary>
    public Task<Outcome> SwitchAsync(Guid id, bool isActive, Actor by) =>
        OnAsync(id, by, isActive ? "switched on" : "switched off", (_, webhook) => (webhook.IsActive, webhook.NextAt) = (isActive, null));

    /// <summary>Sends a message to try it, at once and beside the queue. What was answered is told.</summary>
    public async Task<(DeliveryFault? Fault, int? Status, Outcome Outcome)> PingAsync(Guid id, Actor by, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(id, by, cancellationToken) is not { } webhook)
        {
            return (null, null, s_unknown);
        }

        var answered = await courier.SendAsync(webhook.Url, SecretOf(webhook), Message.Ping(time.GetUtcNow()).For(id), cancellationToken);
        logger.WebhookChanged("tried", id, by.UserId);
        return (answered.Fault, answered.Status, Outcome.Done);
    }

    /// <summary>Puts a message that was given up back into the queue; all of them, if none is named.</summary>
    public async Task<Outcome> RetryAsync(Guid id, long? no, Actor by)
    {
        var outcome = await OnAsync(id, by, "sent again", (_, webhook) => webhook.NextAt = null);
        if (outcome.IsDone)
        {
            await using var db = await databases.CreateDbContextAsync();
            await db.Deliveries
                .Where(delivery => delivery.WebhookId == id && delivery.State == DeliveryState.Dead && (no == null || delivery.No == no))
                .ExecuteUpdateAsync(update => update.SetProperty(delivery => delivery.State, DeliveryState.Waiting).SetProperty(delivery => delivery.Tries, 0));
            await feed.PublishAsync(Topic.Outbox);
        }

        return outcome;
    }

    internal string SecretOf(Webhook webhook) => Encoding.UTF8.GetString(_protector.Unprotect(webhook.Secret));

    private static IQueryable<Webhook> Visible(PortalDbContext db, Actor by)
    {
        var scope = by.Role == Role.Administrator ? AccountDesk.ScopeOf(by).Value : "-";
        return db.Webhooks.AsNoTracking().Where(webhook => ((string)(object)webhook.District).StartsWith(scope));
    }

    private static string[] Patterns(string text) => [.. text.Split([',', '，', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private Refusal? Check(WebhookTerms terms, Actor by)
    {
        if (by.Role != Role.Administrator)
        {
            return s_unknown;
        }

        if (terms.District.Kind != UnitKind.District || units.Find(terms.District) is null)
        {
            return new Refusal("webhook.district", "请选择区。", "Choose a district.", "district");
        }

        if (!AccountDesk.ScopeOf(by).Contains(terms.District))
        {
            return s_unknown;
        }

        if (string.IsNullOrWhiteSpace(terms.Name) || terms.Name.Trim().Length > Webhook.MaxName)
        {
            return new Refusal("webhook.name", $"请填写对方系统的名称，最多{Webhook.MaxName}个字。", $"Name the other system, in at most {Webhook.MaxName} characters.", "name");
        }

        var patterns = Patterns(terms.Events);
        return CheckUrl(terms.Url.Trim())
            ?? (patterns.Length == 0 ? new Refusal("webhook.events.none", "请填写要推送的事件。", "Say which events it wants.", "events") : null)
            ?? (patterns.FirstOrDefault(pattern => !WebhookEvents.IsPattern(pattern)) is { } foreign
                ? new Refusal("webhook.events.unknown", $"没有“{foreign}”这个事件。", $"There is no event '{foreign}'.", "events")
                : null);
    }

    private Refusal? CheckUrl(string text)
    {
        if (text.Length > Webhook.MaxUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return new Refusal("webhook.url", "请填写以https开头的完整地址，不含账号和#。", "Give a whole address that begins with https, without account and #.", "url");
        }

        if (options.Value.Allows(url.IdnHost, url.Port))
        {
            return null;
        }

        return url.Scheme != Uri.UriSchemeHttps
            ? new Refusal("webhook.url.plain", "只有系统设置中允许的主机可以用http。", "Only hosts that the settings allow may be called without TLS.", "url")
            : System.Net.IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !PublicAddress.Is(address)
                ? new Refusal("webhook.url.closed", "这是内网地址，须先由系统管理员在设置中允许。", "This address lies in an inner network; the settings must allow it first.", "url")
                : null;
    }

    private async Task<Outcome> OnAsync(Guid id, Actor by, string what, Action<PortalDbContext, Webhook> change)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (await Visible(db, by).AsTracking().SingleOrDefaultAsync(webhook => webhook.Id == id) is not { } webhook)
        {
            return s_unknown;
        }

        change(db, webhook);
        await db.SaveChangesAsync();
        await ChangedAsync(what, id, by);
        return Outcome.Done;
    }

    private async Task ChangedAsync(string what, Guid id, Actor by)
    {
        await book.LoadAsync();
        logger.WebhookChanged(what, id, by.UserId);
        await feed.PublishAsync(Topic.Outbox);
    }
}

internal static partial class WebhookDeskLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {Id}: {What}, by {AdministratorId}.")]
    public static partial void WebhookChanged(this ILogger logger, string what, Guid id, string administratorId);
}
