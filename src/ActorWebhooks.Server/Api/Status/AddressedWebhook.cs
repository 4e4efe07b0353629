using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>
/// Which webhook the address of a request means. The server leaves an escaped slash in a path as it is, but not an escaped percent sign, so
/// that <c>a%2Fb</c> and <c>a%252Fb</c> look the same to the endpoint; the request target as it was sent tells them apart.
/// </summary>
internal static partial class AddressedWebhook
{
    public static string IdOf(HttpContext context)
    {
        var routed = (string)context.Request.RouteValues["id"]!;
        return EscapedSlash().IsMatch(routed) ? Unescape(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, routed) : routed;
    }

    private static string Unescape(string target, string routed)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        foreach (var segment in (query < 0 ? target : target[..query]).Split('/'))
        {
            if (Uri.UnescapeDataString(EscapedSlash().Replace(segment, "%25$1")) == routed)
                return Uri.UnescapeDataString(segment);
        }

        return routed;
    }

    [GeneratedRegex("%(2F)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EscapedSlash();
}
