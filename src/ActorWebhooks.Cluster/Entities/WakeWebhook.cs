using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>Come to life, as events may wait in the journal; answered with <see cref="WebhookAwake"/>.</summary>
internal sealed record WakeWebhook(string WebhookId) : IForWebhook;
