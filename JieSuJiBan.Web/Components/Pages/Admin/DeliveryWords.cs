using JieSuJiBan.Web.Localization;
using JieSuJiBan.Web.Webhooks;
using Microsoft.Extensions.Localization;

namespace JieSuJiBan.Web.Components.Pages.Admin;

/// <summary>Why a message did not arrive, in words.</summary>
internal static class DeliveryWords
{
    // "L", as the pages call it.
    public static string Of(DeliveryFault? fault, int? status, IStringLocalizer<Texts> L) => fault switch
    {
        null => "",
        DeliveryFault.Refused => L["对方答复{0}", status ?? 0],
        DeliveryFault.Timeout => L["对方超时未答复"],
        DeliveryFault.ForbiddenAddress => L["该主机在内网或没有使用https，设置中未允许"],
        _ => L["连接不上对方"],
    };
}
