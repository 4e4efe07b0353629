using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Delivery.Egress;

/// <summary>Addresses that are not those of a host somewhere in the internet (IANA's special-purpose registries), and what is behind an IPv6 one.</summary>
internal static class AddressRanges
{
    // Unspecified, link-local, multicast, reserved and broadcast; then where clouds keep credentials and settings: Azure, Alibaba, Oracle, AWS, GCP.
    private static readonly IPNetwork[] Never =
    [
        .. Networks(
            "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8",
            "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128"),
    ];

    // Loopback, private, shared with the provider, for protocols, for benchmarks; in IPv6 unique local, the former site-local and local NAT64, of which
    // only its network knows where in an address the IPv4 one stands.
    private static readonly IPNetwork[] Private =
    [
        .. Networks(
            "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "::1/128", "fc00::/7", "fec0::/10",
            "64:ff9b:1::/48"),
    ];

    public static bool IsNeverReached(IPAddress address) => IsIn(Never, address);

    public static bool IsPrivate(IPAddress address) => IsIn(Private, address);

    /// <summary>The IPv4 address that an IPv6 one stands for: mapped, translated, compatible, NAT64, ISATAP, 6to4 or Teredo.</summary>
    /// <returns>The address itself when it stands for no other.</returns>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (HasIPv4AtEnd(bytes))
            return new IPAddress(bytes[12..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x20, 0x02]))
            return new IPAddress(bytes[2..6]);
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0x20, 0x01, 0, 0]))
            return address;
        foreach (ref var b in bytes[12..])
            b ^= 0xff;
        return new IPAddress(bytes[12..]);
    }

    // RFC 4291 (mapped, and compatible unless it is one of the first addresses), RFC 2765, RFC 6052, RFC 8215 and RFC 5214.
    private static bool HasIPv4AtEnd(ReadOnlySpan<byte> bytes) => bytes[..12] switch
    {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] => true,
        [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0] => true,
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] => bytes[12..].IndexOfAnyExcept((byte)0) is 0 or 1 or 2,
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0] => true,
        [0, 0x64, 0xff, 0x9b, 0, 1, ..] => true,
        [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe] => true,
        _ => false,
    };

    private static IEnumerable<IPNetwork> Networks(params IEnumerable<string> texts) => texts.Select(IPNetwork.Parse);

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
