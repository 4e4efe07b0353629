using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>The webhook lives, or is not configured where it would have to.</summary>
internal sealed record WebhookAwake(string WebhookId) : IWireMessage;
