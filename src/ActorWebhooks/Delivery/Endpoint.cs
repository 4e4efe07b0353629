using System.Collections.Immutable;
using ActorWebhooks.Configuration;

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
    public static Endpoint Of(WebhookDefinition definition) => new(
        definition.Url,
        definition.Headers,
        definition.Authorization,
        definition.SignatureKeys,
        definition.SignatureScheme,
        definition.Timeout,
        definition.AllowInvalidCerts);
}
