using Akka.Cluster.Sharding;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>Which entity an <see cref="Envelope"/> is for. The shards are as many as the engine has by default.</summary>
internal sealed class EnvelopeExtractor() : HashCodeMessageExtractor(100)
{
    public override string? EntityId(object message) => (message as Envelope)?.EntityId;
}
