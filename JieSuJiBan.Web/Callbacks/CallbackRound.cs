using System.Security.Cryptography;
using JieSuJiBan.Domain.Cases;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Domain.Time;
using JieSuJiBan.Web.Cases;
using JieSuJiBan.Web.Clock;
using JieSuJiBan.Web.Data;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Notices;
using JieSuJiBan.Web.PublicDoor;
using JieSuJiBan.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Callbacks;

/// <summary>
/// Draws how each petitioner is asked once the limit has passed, and sends the messages of those who get a link. Every node runs one:
/// the log decides who drew, and a message is leased while it is under way.
/// </summary>
public sealed class CallbackRound(
    IDbContextFactory<PortalDbContext> databases, CaseDesk cases, CallbackPlanDesk plans, PetitionerVault vault, PublicDesk door, Gateway gateway, TimeRules rules, TimeProvider time,
    IOptions<ClockOptions> clock, IOptions<NoticeOptions> notices, IOptions<PortalOptions> portal, ILogger<CallbackRound> logger) : BackgroundService
{
    private const int Batch = 200;

    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(clock.Value.Tick, time);
        do
        {
            try
            {
                await AskDueAsync(stoppingToken);
                if (notices.Value.Send)
                {
                    await SendDueAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.RoundFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Asks everybody whose limit has passed. Tests call this.</summary>
    public async Task AskDueAsync(CancellationToken cancellationToken = default)
    {
        var done = new HashSet<Guid>();
        while ((await ReadDueAsync(cancellationToken)).Where(row => done.Add(row.Id)).ToList() is { Count: > 0 } due)
        {
            foreach (var (id, district, unit, isReport) in due)
            {
                var plan = await plans.ReadAsync(district, cancellationToken);
                var (drawn, hasLink) = (await DrawnAsync(unit, plan.Terms.Minimum, cancellationToken), await HasLinkAsync(id, district, isReport, cancellationToken));
                await cases.DoAsync(id, Actor.Clock, file => file.AskPetitioner(plan.Id, plan.Version, plan.Terms, drawn, hasLink, rules.Calendar, Actor.Clock, time.GetUtcNow()));
            }
        }
    }

    /// <summary>Sends every message whose time has come. Tests call this.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = await db.CallbackMessages.Where(message => message.NextAt <= now && (message.LeasedUntil == null || message.LeasedUntil < now))
            .OrderBy(message => message.NextAt).Take(Batch).Select(message => message.Id).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            await SendAsync(id, cancellationToken);
        }
    }

    private async Task<List<(Guid Id, OrgPath District, OrgPath? Unit, bool IsReport)>> ReadDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Cases.AsNoTracking().Where(file => file.CallAt != null && file.CallbackWay == null)
            .OrderBy(file => file.CallAt).Take(Batch).Select(file => new { file.Id, file.District, file.FirstReceiver, file.Nature }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.District, row.FirstReceiver, row.Nature == Nature.Report))];
    }

    // No further than it matters.
    private async Task<int> DrawnAsync(OrgPath? unit, int minimum, CancellationToken cancellationToken)
    {
        if (minimum == 0 || unit is null)
        {
            return 0;
        }

        var today = time.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var month = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, today.Offset).ToUniversalTime();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cases.Where(file => file.FirstReceiver == unit && file.DrawnAt != null && file.DrawnAt >= month).Take(minimum).CountAsync(cancellationToken);
    }

    // Who came through the public door has his page; to others a message must find its way.
    private async Task<bool> HasLinkAsync(Guid id, OrgPath district, bool isReport, CancellationToken cancellationToken)
    {
        if (!door.IsOpen || door.District != district)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.FollowUps.AnyAsync(follow => follow.CaseId == id, cancellationToken)
            || (gateway.IsOn && !isReport && IsMobile((await vault.OpenAsync(id, cancellationToken))?.Phone));
    }

    private async Task SendAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var leased = await db.CallbackMessages.Where(message => message.Id == id && (message.LeasedUntil == null || message.LeasedUntil < now))
            .ExecuteUpdateAsync(update => update.SetProperty(message => message.LeasedUntil, now + s_lease), cancellationToken);
        if (leased == 0 || await db.CallbackMessages.AsTracking().SingleOrDefaultAsync(message => message.Id == id, cancellationToken) is not { } message)
        {
            return;
        }

        var arrival = await CarryAsync(db, message, cancellationToken);
        message.Tries++;
        if (arrival is Arrival.Taken or Arrival.Gone || BackOff.IsLast(message.Tries, isNo: arrival == Arrival.No))
        {
            if (arrival is not (Arrival.Taken or Arrival.Gone))
            {
                logger.GivenUp(message.CaseId, message.Tries);
                await GiveUpAsync(db, message, cancellationToken);
            }

            db.Remove(message);
        }
        else
        {
            (message.LeasedUntil, message.NextAt) = (null, time.GetUtcNow() + BackOff.After(message.Tries, Random.Shared.NextDouble()));
        }

        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task<Arrival> CarryAsync(PortalDbContext db, CallbackMessage message, CancellationToken cancellationToken)
    {
        var file = await db.Cases.AsNoTracking().Where(file => file.Id == message.CaseId).Select(file => new { file.Number, file.LinkUntil, IsReport = file.Nature == Nature.Report || file.ReportedUnit != null }).SingleAsync(cancellationToken);
        if (file.LinkUntil is not { } until)
        {
            return Arrival.Gone;  // answered meanwhile, or called
        }

        if (file.IsReport || !gateway.IsOn || (await vault.OpenAsync(message.CaseId, cancellationToken))?.Phone is not { } phone || !IsMobile(phone))
        {
            // Turned out a 举报, or nobody to send it to. Who came through the public door has his page all the same; the code that this
            // message was to bring is nobody's yet.
            var own = FollowUpCode.HashCode(message.CaseId, FollowUpCode.For(message.Id, "callback"));
            return await db.FollowUps.AnyAsync(follow => follow.CaseId == message.CaseId && follow.CodeHash != own, cancellationToken) ? Arrival.Gone : Arrival.No;
        }

        var code = await CodeAsync(db, message, cancellationToken);
        var text = $"您反映的诉求（{file.Number}）已经答复。请在{until.Full()}前告诉我们：是否联系、是否解决、是否满意。"
            + (code is null ? "请用编号和原来的查询码查看。" : $"查询码：{code}。");
        return await gateway.SendAsync(phone, message.Id, "Callback", "请您评价办理结果", text, new Uri(portal.Value.PublicAddress, PublicEndpoints.FollowPath), message.At, cancellationToken);
    }

    // He waits for nothing that never comes, and no code stays that nobody was told: by it he would seem to have a page of his own.
    private async Task GiveUpAsync(PortalDbContext db, CallbackMessage message, CancellationToken cancellationToken)
    {
        if ((await cases.DoAsync(message.CaseId, Actor.Clock, file => file.GiveUpLink(Actor.Clock, time.GetUtcNow()))).IsDone)
        {
            var hash = FollowUpCode.HashCode(message.CaseId, FollowUpCode.For(message.Id, "callback"));
            await db.FollowUps.Where(follow => follow.CaseId == message.CaseId && follow.CodeHash == hash).ExecuteDeleteAsync(cancellationToken);
        }
    }

    // Neither number nor code stands in an address. Sent again the message brings the same code; who has one of his own keeps it.
    private static async Task<string?> CodeAsync(PortalDbContext db, CallbackMessage message, CancellationToken cancellationToken)
    {
        var code = FollowUpCode.For(message.Id, "callback");
        var hash = FollowUpCode.HashCode(message.CaseId, code);
        if (await db.FollowUps.SingleOrDefaultAsync(follow => follow.CaseId == message.CaseId, cancellationToken) is { } known)
        {
            return CryptographicOperations.FixedTimeEquals(known.CodeHash, hash) ? code : null;
        }

        db.FollowUps.Add(new FollowUp { CaseId = message.CaseId, CodeHash = hash, ReportHash = FollowUpCode.HashReport(message.Id, "callback") });
        await db.SaveChangesAsync(cancellationToken);
        return code;
    }

    private static bool IsMobile(string? phone) => phone is { Length: 11 } && phone[0] == '1' && phone.All(char.IsAsciiDigit);
}

internal static partial class CallbackRoundLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The round of callbacks failed; it will be tried again.")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The callback message of case {Case} was given up after {Tries} tries.")]
    public static partial void GivenUp(this ILogger logger, Guid @case, int tries);
}
