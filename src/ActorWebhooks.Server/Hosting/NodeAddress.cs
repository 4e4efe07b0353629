using System.Globalization;
using System.Net;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Where the nodes of a cluster reach one of them. They compare it as text, so there is one spelling of it.</summary>
internal readonly record struct NodeAddress(string Host, int Port)
{
    public bool IsLoopback => IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address);

    /// <summary>Of <c>HOST:PORT</c>; null when it is not that.</summary>
    public static NodeAddress? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon >= 0
            && TryHost(text[..colon]) is { } host
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            ? new NodeAddress(host, port)
            : null;
    }

    /// <summary>An IPv4 address that a node can have, or a name; null when it is neither.</summary>
    public static string? TryHost(string text) => Uri.CheckHostName(text) switch
    {
        UriHostNameType.IPv4 when IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) => address.ToString(),
        UriHostNameType.Dns when text.Equals("localhost", StringComparison.OrdinalIgnoreCase) => IPAddress.Loopback.ToString(),
        UriHostNameType.Dns => text.ToLowerInvariant(),
        _ => null,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
