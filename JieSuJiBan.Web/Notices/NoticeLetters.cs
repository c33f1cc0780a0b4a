using JieSuJiBan.Domain;
using JieSuJiBan.Web.Hosting;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Notices;

/// <summary>A notice as it leaves the portal.</summary>
public sealed record Letter(Guid Id, NoticeKind Kind, string Title, string Text, string Link, bool IsEmergency, DateTimeOffset At);

/// <summary>Puts a notice into words, in Chinese: what leaves the portal knows no reader's language.</summary>
public sealed class NoticeLetters(IOptions<PortalOptions> portal)
{
    public Letter Write(Notice notice)
    {
        var title = notice.Count > 1 ? $"{notice.Kind.Word()}：{notice.Count}件" : notice.Kind.Word();
        var marks = $"{(notice.IsEmergency ? "【应急】" : "")}{(notice.IsForDeputy ? "【无人查看，请您处理】" : "")}";
        return new Letter(
            notice.Id, notice.Kind, marks + title, string.Join(" · ", new[] { notice.Number, notice.From }.OfType<string>()),
            new Uri(portal.Value.PublicAddress, notice.Link ?? "/notices").AbsoluteUri, notice.IsEmergency, notice.At);
    }
}

/// <summary>What became of one try.</summary>
internal enum Arrival
{
    Taken,
    Later,

    /// <summary>The other side heard it and will not have it.</summary>
    No,

    /// <summary>There is nobody there any more.</summary>
    Gone,
}
