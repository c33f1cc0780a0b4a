using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace JieSuJiBan.Tests.Support;

/// <summary>A portal with a mail server, whose notices go only when the test says so.</summary>
public sealed class NoticePortal : PortalFixture
{
    private readonly MailServer _mail = new();

    internal MailServer Mail => _mail;

    protected override IEnumerable<(string, string)> Settings =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", Mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Mail:Tls", "false"), ("Mail:From", "jsjb@example.org"),
        ("Webhooks:AllowedHosts:0", "127.0.0.1"), ("Webhooks:AllowedHosts:1", "hooks.example.org"), ("Notices:PushHosts:0", "127.0.0.1"),
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _mail.DisposeAsync();
    }

    /// <summary>Nothing is new, nothing waits, and nobody has wishes.</summary>
    internal async Task SettleAsync()
    {
        await using var db = await OpenDatabaseAsync();
        await db.NoticeSends.ExecuteDeleteAsync();
        await db.Notices.ExecuteDeleteAsync();
        await db.NoticeSettings.ExecuteDeleteAsync();
        await db.PushSubscriptions.ExecuteDeleteAsync();
        Mail.Answer = _ => 250;
        Mail.Mails.Clear();
    }

    internal async Task<List<Notice>> NoticesOfAsync(Actor person)
    {
        await using var db = await OpenDatabaseAsync();
        return await db.Notices.AsNoTracking().Where(notice => notice.UserId == person.UserId).OrderBy(notice => notice.Id).ToListAsync();
    }

    internal async Task<List<NoticeSend>> SendsAsync()
    {
        await using var db = await OpenDatabaseAsync();
        return await db.NoticeSends.AsNoTracking().OrderBy(send => send.No).ToListAsync();
    }

    internal async Task WishAsync(Actor person, Action<NoticeSettings>? wish = null)
    {
        var settings = new NoticeSettings { UserId = person.UserId, Mail = $"{person.UserId}@example.org" };
        wish?.Invoke(settings);
        Assert.Null((await Get<NoticeDesk>().SaveSettingsAsync(settings, person)).Refusal);
    }

    /// <summary>What every tick does.</summary>
    internal async Task TickAsync()
    {
        await Get<NoticePlanner>().PlanAsync(TestContext.Current.CancellationToken);
        await Get<NoticePlanner>().EscalateAsync(TestContext.Current.CancellationToken);
        await Get<NoticeSender>().SendDueAsync(TestContext.Current.CancellationToken);
    }
}
