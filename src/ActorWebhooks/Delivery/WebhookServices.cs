using ActorWebhooks.Connections;
using ActorWebhooks.Ownership;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Delivery;

/// <summary>What all webhooks of a node share.</summary>
internal sealed record WebhookServices(
    HttpTransport Transport, ConnectionGate Gate, TimeProvider Time, Random Random, WebhookMetrics Metrics, NodeOwner Owner);
