using System.Net.Mail;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Time;

namespace JieSuJiBan.Web.Notices;

/// <summary>How one person wants to be told, beside the portal itself. Whoever has not said is told every way there is.</summary>
public sealed class NoticeSettings
{
    public const int MaxMail = 254;

    public required string UserId { get; init; }
    public string? Mail { get; set; }

    /// <summary>What he does not want: <c>Mail/Dispatched</c>. New kinds are wanted until he says otherwise.</summary>
    public List<string> Off { get; set; } = [];

    /// <summary>Quiet hours, Beijing time; they may go over midnight.</summary>
    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietTo { get; set; }

    public bool Wants(NoticeWay way, NoticeKind kind) => !Off.Contains($"{way}/{kind}");

    public void Want(NoticeWay way, NoticeKind kind, bool wanted)
    {
        Off = [.. Off.Where(name => name != $"{way}/{kind}")];
        if (!wanted)
        {
            Off.Add($"{way}/{kind}");
        }
    }

    /// <summary>When the quiet that reigns at <paramref name="now"/> ends; nothing outside quiet hours.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to)
        {
            return null;
        }

        var local = now.ToOffset(WorkCalendar.Beijing);
        var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        return !time.IsBetween(from, to) ? null
            : new DateTimeOffset(time < to ? day : day.AddDays(1), to, WorkCalendar.Beijing).ToUniversalTime();
    }

    public Refusal? Check() =>
        Mail is { } mail && (mail.Length > MaxMail || !MailAddress.TryCreate(mail, out var address) || address.Address != mail)
            ? new Refusal("notice.mail", "邮箱地址不对。", "This is no e-mail address.", "mail")
        : QuietFrom is null != QuietTo is null
            ? new Refusal("notice.quiet", "免打扰时段请填写开始和结束，或都不填。", "Give both ends of the quiet hours, or neither.", "quiet")
        : null;
}
