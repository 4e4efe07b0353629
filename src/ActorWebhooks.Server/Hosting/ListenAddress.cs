using System.Net;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Where the server listens: <c>http://ADDRESS:PORT</c>.</summary>
internal static class ListenAddress
{
    private const string Rule = "accepted is http://ADDRESS:PORT with an IP address or localhost, such as http://127.0.0.1:8080; "
        + "port 0 takes a free one. For HTTPS put a proxy in front";

    /// <exception cref="RefusedException">It is not an address to listen on.</exception>
    public static IPEndPoint Parse(string url)
    {
        var text = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", UserInfo: "" })
        {
            if (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
                return new IPEndPoint(IPAddress.Loopback, uri.Port);
            if (IPAddress.TryParse(uri.Host, out var address))
                return new IPEndPoint(address, uri.Port);
        }

        throw new RefusedException($"'{Shown(url)}' is not an address to listen on: {Rule}.");
    }

    /// <summary>Without a password that somebody has put before the host, and without what follows the host.</summary>
    public static string Shown(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var colon ? colon + 3 : 0;
        var end = url.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var length ? start + length : url.Length;
        var at = url.LastIndexOf('@');

        // Where a password holds a slash, it is not known what is the host.
        if (at >= end)
            return Printable.Shorten($"{url[..start]}***");
        var tail = end >= url.Length - 1 ? url[end..] : $"{url[end]}…";
        return Printable.Shorten(at < 0 ? url[..end] + tail : $"{url[..start]}***{url[at..end]}{tail}");
    }

    /// <summary>How this machine reaches it.</summary>
    public static Uri UrlOf(IPEndPoint endPoint)
    {
        var address = endPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endPoint.Address;
        return new Uri($"http://{new IPEndPoint(address, endPoint.Port)}");
    }
}
