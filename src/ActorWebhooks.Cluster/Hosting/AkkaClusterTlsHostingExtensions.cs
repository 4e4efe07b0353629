using ActorWebhooks.Cluster.Port;
using ActorWebhooks.Cluster.Tls;
using Akka.Hosting;

namespace ActorWebhooks;

/// <summary>Closes the port of a cluster to all but its nodes, with an Akka.Hosting application.</summary>
public static class AkkaClusterTlsHostingExtensions
{
    private static readonly string PortClass = $"{typeof(PortTransport).FullName}, {typeof(PortTransport).Assembly.GetName().Name}";

    /// <summary>
    /// Nodes speak mutual TLS with each other: each shows a certificate, and a peer without one of the same authority is refused, whichever of the two
    /// connects. Addresses of nodes, such as seeds, begin with <c>akka.ssl.tcp://</c> then. The files are read once; the connections to the
    /// port are bounded too (<c>actor-webhooks.cluster.max-connections</c>).
    /// </summary>
    /// <param name="builder">The builder, with remoting or clustering.</param>
    /// <param name="certificateFile">A PEM file with the certificate of this node, for servers and for clients, and behind it those between it and its authority.</param>
    /// <param name="keyFile">A PEM file with the key of the certificate, not encrypted.</param>
    /// <param name="authorityFile">
    /// A PEM file with the certificates of the authorities. Any certificate of theirs is that of a node, so they should vouch for nothing else.
    /// </param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    /// <exception cref="WebhookConfigurationException">The files are not what is needed; each fault is listed.</exception>
    public static AkkaConfigurationBuilder WithClusterTls(
        this AkkaConfigurationBuilder builder, string certificateFile, string keyFile, string authorityFile)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var errors = new List<string>();
        var files = new ClusterTlsFiles(
            new(nameof(certificateFile), certificateFile), new(nameof(keyFile), keyFile), new(nameof(authorityFile), authorityFile));
        return ClusterTlsReader.Read(files, errors) is { } tls
            ? builder.WithClusterPort(tls)
            : throw new WebhookConfigurationException(errors);
    }

    /// <summary>The port whose connections are bounded.</summary>
    /// <param name="tls">Null without TLS.</param>
    internal static AkkaConfigurationBuilder WithClusterPort(this AkkaConfigurationBuilder builder, ClusterTls? tls)
    {
        if (tls is not null)
            builder.AddSetup(new ClusterTlsSetup(tls));
        return builder.AddHocon($"akka.remote.dot-netty.tcp.transport-class = \"{PortClass}\"", HoconAddMode.Prepend);
    }
}
