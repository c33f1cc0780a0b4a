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
            var value = details?.GetValueOrDefault(field.Name)?.Trim() ?? "";
            if (Check(field, value) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? Check(ChannelField field, string value) => value switch
    {
        "" => field.IsRequired ? new("case.missing.detail", $"请填写{field.Name}。", $"Fill in {field.Name}.", field.Name) : null,
        _ when value.Length > field.MaxLength => new("case.too-long", $"太长了，最多{field.MaxLength}个字。", $"Too long: at most {field.MaxLength} characters.", field.Name),
        _ when field.Kind == ChannelFieldKind.Date && !DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) =>
            new("case.detail.date", $"{field.Name}应是日期，如2026-03-02。", $"{field.Name} is a date such as 2026-03-02.", field.Name),
        _ when field.Kind == ChannelFieldKind.Link && !(Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme is "http" or "https") =>
            new("case.detail.link", $"{field.Name}应以http或https开头。", $"{field.Name} begins with http or https.", field.Name),
        _ => null,
    };
}
