using System.Net;
using System.Net.Sockets;

namespace JieSuJiBan.Web.Hosting;

/// <summary>Who counts as one where the requests of strangers are counted.</summary>
internal static class Household
{
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    // Behind IPv6 every household has a network of its own to choose addresses from.
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };
}
