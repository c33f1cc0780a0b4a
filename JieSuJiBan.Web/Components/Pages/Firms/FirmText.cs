using JieSuJiBan.Domain.Firms;
using JieSuJiBan.Web.Localization;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Components.Pages.Firms;

/// <summary>How far a list is, in words.</summary>
internal static class FirmText
{
    public static string State(this FirmList list, DateTimeOffset now, IStringLocalizer<Texts> texts) => Of(list.Edition, list.HasChanged, list.ReplyBy, now, texts);

    public static string Of(int edition, bool hasChanged, DateTimeOffset? replyBy, DateTimeOffset now, IStringLocalizer<Texts> texts) => edition > 0
        ? hasChanged ? texts["已公布第{0}版，有更正待公布", edition] : texts["已公布第{0}版", edition]
        : replyBy is null ? texts["待告知企业"] : replyBy > now ? texts["申辩期"] : texts["待公布"];
}
