using ActorWebhooks.Server.Api.Health;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Server.Hosting;

/// <summary>A node of a cluster is ready while the cluster counts it as up.</summary>
internal sealed class ClusterHealth(ActorSystem system) : INodeHealth
{
    public ValueTask<NodeHealth> CheckAsync() => ValueTask.FromResult(Akka.Cluster.Cluster.Get(system).SelfMember.Status switch
    {
        MemberStatus.Up => NodeHealth.Ready,
        MemberStatus.Joining or MemberStatus.WeaklyUp => NodeHealth.NotReady("The node is joining its cluster."),
        MemberStatus.Leaving or MemberStatus.Exiting => NodeHealth.NotReady("The node is leaving its cluster."),
        _ => NodeHealth.NotReady("The node is not in its cluster."),
    });
}
