using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Configuration;
using ActorWebhooks.Routing;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>What a webhook's life on a node has, so that a fault of its actor takes nothing from it.</summary>
internal sealed class EntityState(string id, HostedWebhooks hosted)
{
    public string Id => id;

    public HostedWebhooks Hosted => hosted;

    public HopReceiver Hop { get; } = new(hosted.Services.Random.NextInt64(), hosted.Factory.IsDurable);

    /// <summary>Null while the node has no definition of the webhook, and when its actor is no more.</summary>
    public LiveWebhook? Live { get; set; }

    /// <summary>What the webhook goes by, or has been told to.</summary>
    public WebhookDefinition? Definition { get; set; }

    public IntakeBell? Bell { get; set; }

    public EntityPhase Phase { get; set; } = EntityPhase.Running;

    /// <summary>Whether it goes because it is not configured any more.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Whether it goes because it has nothing to do.</summary>
    public bool IsFallingAsleep { get; set; }

    /// <summary>What its senders were told.</summary>
    public RefusalReason? ToldRefusal { get; set; }
}
