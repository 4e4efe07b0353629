using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>The configuration of this node has changed.</summary>
internal sealed class DefinitionsChanged : INoSerializationVerificationNeeded
{
    public static readonly DefinitionsChanged Instance = new();

    private DefinitionsChanged()
    {
    }
}
