namespace ActorWebhooks;

/// <summary>
/// Settings of webhooks that live in a cluster. What is null is left to HOCON: the section <c>actor-webhooks.cluster</c>, with its defaults
/// in <c>cluster.conf</c>, besides <c>actor-webhooks</c>.
/// </summary>
public sealed class ShardedWebhooksOptions : WebhooksOptions
{
    /// <summary>
    /// The nodes with this role host webhooks; the others only publish. The same on all nodes. Empty: all nodes host them.
    /// </summary>
    /// <value>Default null: <c>actor-webhooks.cluster.role</c>, empty.</value>
    public string? Role { get; set; }
}
