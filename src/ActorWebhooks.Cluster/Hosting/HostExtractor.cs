using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>
/// The same on a node where webhooks live: messages for ids that are neither configured nor alive there go to one actor for all of a shard, so that
/// a peer that sends invented ids creates no actor for each. The shard is that of the id.
/// </summary>
internal sealed class HostExtractor(int shards, HostedWebhooks hosted) : WebhookExtractor(shards)
{
    /// <summary>Longer than the id of a webhook may be.</summary>
    public static readonly string Unknown = "unknown".PadRight(200, '-');

    public override string? EntityId(object message) =>
        base.EntityId(message) is not { } id ? null
        : hosted.Knows(id) ? id
        : Unknown;

    public override string ShardId(string entityId, object? messageHint = null) =>
        base.ShardId((messageHint as IForWebhook)?.WebhookId ?? entityId, messageHint);
}
