using System.Collections.Immutable;
using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>What of a webhook's configuration nobody but its endpoint is to see.</summary>
internal static class WebhookSecrets
{
    // A part of a path that is shorter says where something is, and not who may use it.
    private const int LeastPart = 12;

    public static IEnumerable<string> Of(WebhookDefinition webhook) =>
        Of(webhook.Url, webhook.Headers, webhook.Authorization, webhook.SignatureKeys);

    public static IEnumerable<string> Of(
        Uri url, ImmutableArray<CustomHeader> headers, Authorization? authorization, ImmutableArray<SignatureKey> keys)
    {
        foreach (var header in headers)
            yield return header.Value;
        foreach (var key in keys)
            yield return Encoding.UTF8.GetString(key.Text);
        foreach (var secret in (IEnumerable<string>)[.. OfAuthorization(authorization), .. OfUrl(url)])
            yield return secret;
    }

    /// <summary>User and password, and what may be a token in the path or the query.</summary>
    public static IEnumerable<string> OfUrl(Uri url)
    {
        foreach (var part in url.UserInfo.Split(':', 2))
            yield return Uri.UnescapeDataString(part);
        if (url.PathAndQuery.Length >= LeastPart)
            yield return url.PathAndQuery;
        foreach (var part in url.PathAndQuery.Split('/', '?', '&', '='))
        {
            if (part.Length >= LeastPart)
                yield return Uri.UnescapeDataString(part);
        }
    }

    private static IEnumerable<string> OfAuthorization(Authorization? authorization)
    {
        if (authorization is null)
            yield break;
        var value = authorization.HeaderValue;
        var token = value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        yield return token;
        var decoded = new byte[token.Length];
        if (value.StartsWith("Basic ", StringComparison.Ordinal) && Convert.TryFromBase64String(token, decoded, out var length))
            yield return Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2)[^1];
    }
}
