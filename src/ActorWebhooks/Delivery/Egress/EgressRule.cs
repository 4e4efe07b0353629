using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ActorWebhooks.Delivery.Egress;

/// <summary>What one entry of <c>egress.allow</c> or <c>egress.deny</c> is about: a network, or names, and a port if it names one.</summary>
internal sealed record EgressRule
{
    public const string Accepted =
        "a network (10.0.0.0/8, [fd00::]/8), an address, or a host name that may begin with *. (*.example.com), each with :PORT or without";

    private readonly IPNetwork? _network;
    private readonly string _name = "";
    private readonly bool _isBelow;
    private readonly int? _port;

    private EgressRule(IPNetwork? network, string name, bool isBelow, int? port) => (_network, _name, _isBelow, _port) = (network, name, isBelow, port);

    public static bool TryParse(string text, [NotNullWhen(true)] out EgressRule? rule)
    {
        rule = null;
        var (target, port) = (text.Trim(), (int?)null);
        var colon = target.LastIndexOf(':');
        if (colon >= 0 && (target.IndexOf(':') == colon || target[..colon].Contains(']')))
        {
            if (!int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
                return false;
            (target, port) = (target[..colon], number);
        }

        target = target.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        if (IPAddress.TryParse(target, out var address))
            rule = new EgressRule(new IPNetwork(address, address.GetAddressBytes().Length * 8), "", false, port);
        else if (IPNetwork.TryParse(target, out var network))
            rule = new EgressRule(network, "", false, port);
        else if (target.StartsWith("*.", StringComparison.Ordinal) ? IsName(target[2..]) : IsName(target))
            rule = new EgressRule(null, target.TrimStart('*'), target[0] == '*', port);
        return rule is not null;
    }

    /// <param name="host">As the URL names it.</param>
    /// <param name="address">What that was resolved to; null when it is not known.</param>
    /// <param name="unwrapped">The IPv4 address that this stands for, or itself.</param>
    public bool IsAbout(string host, IPAddress? address, IPAddress? unwrapped, int port)
    {
        if (_port is { } own && own != port)
            return false;
        if (_network is { } network)
            return (address is not null && network.Contains(address)) || (unwrapped is not null && network.Contains(unwrapped));
        host = host.TrimEnd('.');
        return _isBelow ? host.EndsWith(_name, StringComparison.OrdinalIgnoreCase) : host.Equals(_name, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsName(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns;
}
