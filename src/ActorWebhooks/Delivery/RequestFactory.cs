using System.Globalization;
using System.Net;
using System.Reflection;
using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>Makes the HTTP request of one attempt. The body is that of the batch; the headers are those of now.</summary>
internal static class RequestFactory
{
    private const string ContentType = "Content-Type";
    private const string UserAgentHeader = "User-Agent";
    private const string AuthorizationHeader = "Authorization";

    private static readonly string UserAgent = $"ActorWebhooks/{Version()}";

    /// <param name="content">Of this batch.</param>
    /// <param name="isInHttp2">Whether it may go in HTTP/2.</param>
    public static HttpRequestMessage Create(Endpoint endpoint, Batch batch, BatchContent content, bool isInHttp2, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = content,
            Version = isInHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = endpoint.HttpVersion == HttpVersionChoice.Http2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach (var header in endpoint.Headers)
        {
            // The engine's own come last and win.
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (!request.Content.Headers.Contains(ContentType))
            request.Content.Headers.TryAddWithoutValidation(ContentType, "application/json");
        if (!request.Headers.Contains(UserAgentHeader))
            request.Headers.TryAddWithoutValidation(UserAgentHeader, UserAgent);
        if (endpoint.Authorization is { } authorization)
            Set(request, AuthorizationHeader, authorization.HeaderValue);
        Sign(request, endpoint, batch, now);
        return request;
    }

    private static void Sign(HttpRequestMessage request, Endpoint endpoint, Batch batch, DateTimeOffset now)
    {
        var keys = endpoint.SignatureKeys;
        if (keys.IsEmpty)
            return;
        if (endpoint.SignatureScheme.HasFlag(SignatureScheme.XSignature))
            Set(request, Signatures.XSignatureHeader, Signatures.XSignature(batch.Body.Pieces, keys[0].Text));
        if (!endpoint.SignatureScheme.HasFlag(SignatureScheme.Standard))
            return;

        var timestamp = now.ToUnixTimeSeconds();
        var signatures = new string[keys.Length];
        for (var i = 0; i < keys.Length; i++)
            signatures[i] = Signatures.Standard(batch.Id, timestamp, batch.Body.Pieces, keys[i].Standard);
        Set(request, Signatures.StandardIdHeader, batch.Id);
        Set(request, Signatures.StandardTimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        Set(request, Signatures.StandardSignatureHeader, string.Join(' ', signatures));
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    // Without the commit that a build may append after a plus.
    private static string Version() =>
        typeof(RequestFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
