using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// In the place of the serializer of cluster singletons. The oldest node stops its singletons, such as the coordinator of the shards, for whoever
/// asks it to hand them over, and does not start them again. So it hears that only while it is leaving: this is when another node has to ask.
/// </summary>
internal sealed class GuardedSingletonSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 14, inner => new ClusterSingletonMessageSerializer(inner))
{
    private const string HandOverToMe = "A";

    protected override string? FaultOf(byte[] bytes, string manifest) =>
        manifest != HandOverToMe || IsLeaving ? null : "A node hands its singletons over when it leaves, and this one does not.";

    private bool IsLeaving => Akka.Cluster.Cluster.Get(system).SelfMember.Status is not (MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up);
}
