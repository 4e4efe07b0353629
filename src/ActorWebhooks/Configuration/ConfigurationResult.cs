using System.Collections.Immutable;

namespace ActorWebhooks.Configuration;

/// <summary>What a webhook file came to: every webhook of it, or every error in it.</summary>
internal sealed record ConfigurationResult(ImmutableArray<WebhookDefinition> Webhooks, ImmutableArray<ConfigurationError> Errors)
{
    public bool IsValid => Errors.IsEmpty;
}
