using JieSuJiBan.Domain.Organisation;

namespace JieSuJiBan.Domain.Cases;

public enum ChannelFieldKind
{
    Line,
    Lines,
    Date,
    Link,
}

/// <summary>One thing that a channel's form asks beyond the demand itself. The name is what people read and what the log keeps.</summary>
public sealed record ChannelField(string Name, bool IsRequired = true, ChannelFieldKind Kind = ChannelFieldKind.Line)
{
    /// <summary>Characters of a line, of an address with its signature, and of a text.</summary>
    public int MaxLength => Kind switch { ChannelFieldKind.Lines => 2000, ChannelFieldKind.Link => 1000, _ => 200 };

    /// <summary>What is wrong with an answer to it, if anything is.</summary>
    public Refusal? Check(string? answer) => (answer?.Trim() ?? "") switch
    {
        "" => IsRequired ? new("case.missing.detail", $"请填写{Name}。", $"Fill in {Name}.", Name) : null,
        var value when value.Length > MaxLength => new("case.too-long", $"太长了，最多{MaxLength}个字。", $"Too long: at most {MaxLength} characters.", Name),
        var value when Kind == ChannelFieldKind.Date && !DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) =>
            new("case.detail.date", $"{Name}应是日期，如2026-03-02。", $"{Name} is a date such as 2026-03-02.", Name),
        var value when Kind == ChannelFieldKind.Link && !(Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme is "http" or "https") =>
            new("case.detail.link", $"{Name}应以http或https开头。", $"{Name} begins with http or https.", Name),
        _ => null,
    };
}

/// <summary>What each channel asks: who in the media, which session of the congress, whose instruction.</summary>
public static class ChannelForms
{
    /// <summary>Where another system says its photo is. Kept as it was told; the portal never fetches it.</summary>
    public const string MediaLink = "媒体链接";

    public static IReadOnlyList<ChannelField> Fields(this Channel channel) => channel switch
    {
        Channel.Media => [new("媒体名称"), new("报道标题"), new("报道日期", Kind: ChannelFieldKind.Date), new("报道链接", false, ChannelFieldKind.Link)],
        Channel.Leader => [new("批示领导"), new("批示日期", Kind: ChannelFieldKind.Date), new("批示内容", Kind: ChannelFieldKind.Lines)],
        Channel.Deputies => [new("会次"), new("建议（提案）编号"), new("主办要求", false, ChannelFieldKind.Lines)],
        Channel.Web => [new("留言网站", false), new("留言编号", false), new("留言链接", false, ChannelFieldKind.Link)],
        Channel.Enterprise => [new("所属行业", false), new("所在园区", false)],
        Channel.Department => [new("移送单位", false), new("移送文号", false)],
        Channel.System => [new(MediaLink, false, ChannelFieldKind.Link)],
        _ => [],
    };

    /// <summary>
    /// The channels that an officer's own form offers. The command centre enters what comes by any way that ends at a person; the public
    /// door and other systems enter for themselves.
    /// </summary>
    public static IReadOnlyList<Channel> OfferedTo(Role role) => role switch
    {
        Role.Dispatcher => [.. Enum.GetValues<Channel>().Except([Channel.PublicDoor, Channel.System])],
        Role.GridWorker => [Channel.Grid, Channel.Patrol],
        Role.CommunityWorker => [Channel.Community, Channel.Visit, Channel.Patrol],
        Role.StreetSection or Role.EnterpriseOfficer => [Channel.Patrol, Channel.Visit],
        Role.DepartmentHead or Role.DepartmentOfficer =>
            [Channel.Visit, Channel.Patrol, Channel.Department, Channel.Leader, Channel.Deputies, Channel.Media, Channel.Web, Channel.Enterprise],
        _ => [Channel.Visit, Channel.Patrol, Channel.Community, Channel.Grid, Channel.Leader, Channel.Deputies, Channel.Media, Channel.Web, Channel.Enterprise],
    };

    /// <summary>As what a report from the street comes in: by the one who found it.</summary>
    public static Channel ReportedBy(Role role) => role switch
    {
        Role.GridWorker => Channel.Grid,
        Role.CommunityWorker => Channel.Community,
        _ => Channel.Patrol,
    };

    /// <summary>Found by those who walk the streets, before anybody complained.</summary>
    public static bool IsProactive(this Channel channel) => channel is Channel.Grid or Channel.Community or Channel.Patrol;

    internal static IReadOnlyDictionary<string, string>? Tidy(IReadOnlyDictionary<string, string>? details)
    {
        var written = details?.Where(detail => !string.IsNullOrWhiteSpace(detail.Value)).ToDictionary(detail => detail.Key, detail => detail.Value.Trim());
        return written is { Count: > 0 } ? written : null;
    }

    internal static Refusal? Check(this Channel channel, IReadOnlyDictionary<string, string>? details)
    {
        var fields = channel.Fields();
        if (details?.Keys.FirstOrDefault(name => !fields.Any(field => field.Name == name)) is { } foreign)
        {
            return new Refusal("case.detail.foreign", $"{channel.Word()}没有“{foreign}”这一项。", $"{channel} does not ask for '{foreign}'.", foreign);
        }

        foreach (var field in fields)
        {
            if (field.Check(details?.GetValueOrDefault(field.Name)) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
