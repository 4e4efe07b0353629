using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace ActorWebhooks.Delivery.Egress;

/// <summary>
/// Where webhooks may connect to, asked of each address just before it is connected to. What is never reached stays so whatever is allowed;
/// then what is allowed counts before what is denied, and that before the rule for private networks.
/// </summary>
/// <param name="DenyPrivateNetworks">Whether loopback and private networks are out of reach unless they are allowed.</param>
internal sealed record EgressRules(bool DenyPrivateNetworks, ImmutableArray<EgressRule> Allow, ImmutableArray<EgressRule> Deny)
{
    /// <summary>What always holds.</summary>
    public static readonly EgressRules AlwaysOn = new(false, [], []);

    /// <param name="host">As the URL names it.</param>
    public bool MayConnect(string host, IPAddress address, int port)
    {
        var unwrapped = AddressRanges.Unwrap(address);
        if (AddressRanges.IsNeverReached(address) || AddressRanges.IsNeverReached(unwrapped))
            return false;
        if (IsIn(Allow, host, address, unwrapped, port))
            return true;
        return !IsIn(Deny, host, address, unwrapped, port)
            && !(DenyPrivateNetworks && (AddressRanges.IsPrivate(address) || AddressRanges.IsPrivate(unwrapped)));
    }

    /// <summary>Whether a proxy may be asked for a URL. It resolves names by itself, so only what the URL says can be judged.</summary>
    public bool MayAskProxyFor(Uri url) =>
        MayAskProxyFor(url.IdnHost, url.Port)
        // A proxy may read digits and dots of other alphabets as those of an address.
        && (Ascii.IsValid(url.Host) || MayAskProxyFor(WithAsciiDigits(url.Host), url.Port));

    private bool MayAskProxyFor(string host, int port)
    {
        host = host.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
            return MayConnect(host, address, port);
        if (IsLocalhost(host))
            return MayConnect(host, IPAddress.Loopback, port);
        return IsIn(Allow, host, null, null, port) || !IsIn(Deny, host, null, null, port);
    }

    private static string WithAsciiDigits(string host)
    {
        var ascii = new StringBuilder(host.Length);
        foreach (var rune in host.EnumerateRunes())
        {
            if (Rune.GetNumericValue(rune) is >= 0 and <= 9 and var digit)
                ascii.Append((char)('0' + digit));
            else if (rune.Value is 0x3002 or 0xff0e or 0xff61)
                ascii.Append('.');
            else
                ascii.Append(rune);
        }

        return ascii.ToString();
    }

    // RFC 6761 section 6.3.
    private static bool IsLocalhost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(ImmutableArray<EgressRule> rules, string host, IPAddress? address, IPAddress? unwrapped, int port)
    {
        foreach (var rule in rules)
        {
            if (rule.IsAbout(host, address, unwrapped, port))
                return true;
        }

        return false;
    }
}
