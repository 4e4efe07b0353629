using ActorWebhooks.Cluster.Wire;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>Which webhook a message is for.</summary>
internal class WebhookExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    public override string? EntityId(object message) => (message as IForWebhook)?.WebhookId;
}
