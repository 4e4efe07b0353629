using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>A command for a webhook wherever it lives; answered with <see cref="CommandAnswer"/>.</summary>
internal sealed record CommandForWebhook(string WebhookId, IWebhookCommand Command) : IForWebhook;
