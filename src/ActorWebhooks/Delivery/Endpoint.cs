using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Text;

namespace ActorWebhooks.Delivery;

/// <summary>Where and how the batches of one webhook are sent.</summary>
internal sealed record Endpoint(
    Uri Url,
    ImmutableArray<CustomHeader> Headers,
    Authorization? Authorization,
    ImmutableArray<SignatureKey> SignatureKeys,
    SignatureScheme SignatureScheme,
    TimeSpan Timeout,
    bool AllowInvalidCerts,
    HttpVersionChoice HttpVersion)
{
    private SecretRedactor? _redactor;

    /// <summary>Takes the secrets of the endpoint out of what it answers. Made when it is needed.</summary>
    public SecretRedactor Redactor => _redactor ??= new SecretRedactor(WebhookSecrets.Of(Url, Headers, Authorization, SignatureKeys));

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether a request may go over a connection that carries others at the same time.</summary>
    public bool MayUseHttp2 => HttpVersion == HttpVersionChoice.Http2 || (HttpVersion == HttpVersionChoice.Auto && IsHttps);

    public static Endpoint Of(WebhookDefinition definition) => new(
        definition.Url,
        definition.Headers,
        definition.Authorization,
        definition.SignatureKeys,
        definition.SignatureScheme,
        definition.Timeout,
        definition.AllowInvalidCerts,
        definition.HttpVersion);
}
