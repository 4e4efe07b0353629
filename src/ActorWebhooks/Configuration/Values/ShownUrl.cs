using System.Security.Cryptography;
using System.Text;

namespace ActorWebhooks.Configuration.Values;

/// <summary>
/// The URL of an endpoint as it may be shown to anybody: some endpoints have their secret in the path or the query, so of these a hash is shown, which
/// tells two URLs apart.
/// </summary>
internal static class ShownUrl
{
    private const int HashCharacters = 8;

    public static string Of(Uri url)
    {
        var origin = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        return url.PathAndQuery == "/"
            ? origin + "/"
            : $"{origin}/***{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.PathAndQuery)))[..HashCharacters]}";
    }
}
