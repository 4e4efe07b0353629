using ActorWebhooks.Cluster.Tls;

namespace ActorWebhooks.Cluster.Port;

/// <summary>What an address of a node begins with.</summary>
internal static class ClusterProtocol
{
    /// <summary>Of the transport, which Akka puts its own name before.</summary>
    public static string SchemeOf(ClusterTls? tls) => tls is null ? "tcp" : "ssl.tcp";

    /// <summary>Of addresses, such as those of seeds.</summary>
    public static string Of(ClusterTls? tls) => $"akka.{SchemeOf(tls)}";
}
