using Akka.Actor.Setup;

namespace ActorWebhooks.Cluster.Tls;

/// <summary>Brings the certificates of a node to its port.</summary>
internal sealed class ClusterTlsSetup(ClusterTls tls) : Setup
{
    public ClusterTls Tls => tls;
}
