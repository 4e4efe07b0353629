using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>What a sender sent in one request, as often as it took.</summary>
/// <param name="Webhook">The only one that listens to it; null when all do.</param>
/// <param name="Begun">When it was sent first.</param>
/// <param name="Accepted">When a 202 was read, if it was.</param>
/// <param name="Life">The life of the node that it was sent to last.</param>
internal sealed record SentPost(Post Post, string? Webhook, long Begun, long? Accepted, int Life)
{
    /// <summary>Whether it can have been sent and not answered when that happened.</summary>
    public bool IsUnderWayAt(Fault fault) => Begun < fault.Done && !(Accepted < fault.At);
}
