using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>There is no other node to move to: send what there is; answered with <see cref="EntityDrained"/>.</summary>
internal sealed class DrainEntity : INoSerializationVerificationNeeded
{
    public static readonly DrainEntity Instance = new();

    private DrainEntity()
    {
    }
}
