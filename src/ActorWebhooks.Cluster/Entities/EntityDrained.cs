using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>A webhook has nothing left that it could send.</summary>
internal sealed class EntityDrained : INoSerializationVerificationNeeded
{
    public static readonly EntityDrained Instance = new();

    private EntityDrained()
    {
    }
}
