using System.Net;
using System.Net.Sockets;

namespace JieSuJiBan.Web.Webhooks;

/// <summary>
/// Which addresses lie in the open internet. Everything else is somebody's inside: private, loopback, link-local (where clouds keep
/// their metadata), shared, reserved, or a form that hides one of these in it.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_closed4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",  // a cloud's own control address, though it looks public
        }.Select(range => IPNetwork.Parse(range)),
    ];

    private static readonly IPNetwork s_open6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] s_closed6 =
    [
        .. new[]
        {
            "2001::/23",  // Teredo, ORCHID and other special uses
            "2001:db8::/32", "3fff::/20",
            "2002::/16",  // 6to4 carries an IPv4 address in it
        }.Select(range => IPNetwork.Parse(range)),
    ];

    // NAT64 carries an IPv4 address in its last four bytes.
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !s_closed4.Any(range => range.Contains(address));
        }

        return s_nat64.Contains(address)
            ? Is(new IPAddress(address.GetAddressBytes().AsSpan(12)))
            : s_open6.Contains(address) && !s_closed6.Any(range => range.Contains(address));
    }
}
