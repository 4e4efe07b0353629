using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>Hand over and stop: the webhook moves to another node, or sleeps.</summary>
internal sealed class StopEntity : INoSerializationVerificationNeeded
{
    public static readonly StopEntity Instance = new();

    private StopEntity()
    {
    }
}
