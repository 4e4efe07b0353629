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
    bool AllowInvalidCerts)
{
    private SecretRedactor? _redactor;

    /// <summary>Takes the secrets of the endpoint out of what it answers. Made when it is needed.</summary>
    public SecretRedactor Redactor => _redactor ??= new SecretRedactor(WebhookSecrets.Of(Url, Headers, Authorization, SignatureKeys));

    public static Endpoint Of(WebhookDefinition definition) => new(
        definition.Url,
        definition.Headers,
        definition.Authorization,
        definition.SignatureKeys,
        definition.SignatureScheme,
        definition.Timeout,
        definition.AllowInvalidCerts);
}
