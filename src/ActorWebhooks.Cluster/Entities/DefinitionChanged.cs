using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>The configuration of the node has changed.</summary>
/// <param name="Definition">Null when the webhook is not in it any more.</param>
internal sealed record DefinitionChanged(WebhookDefinition? Definition) : INoSerializationVerificationNeeded;
