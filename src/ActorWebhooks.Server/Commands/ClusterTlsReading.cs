using ActorWebhooks.Cluster.Tls;
using ActorWebhooks.Server.Hosting;

namespace ActorWebhooks.Server.Commands;

/// <summary>Checks how the port of a node is closed to all but the other nodes.</summary>
internal static class ClusterTlsReading
{
    private const string Three = $"{ClusterCommandOptions.CertificateName}, {ClusterCommandOptions.KeyName} and {ClusterCommandOptions.AuthorityName}";

    /// <returns>Null without TLS.</returns>
    /// <exception cref="RefusedException">The flags are not acceptable, or the port would be open.</exception>
    public static ClusterTls? Read(ClusterFlags flags, NodeAddress self)
    {
        if (flags is { TlsCertificate: null, TlsKey: null, TlsAuthority: null })
        {
            return self.IsLoopback || flags.Insecure ? null : throw new RefusedException(
                $"{ClusterCommandOptions.HostName} {self.Host} can be reached from other machines, and whoever reaches the port of a cluster without TLS is one of its nodes. "
                + $"Give {Three}, or {ClusterCommandOptions.InsecureName} in a network that nobody else can reach.");
        }

        if (MissingOf(flags) is { Count: > 0 } missing)
            throw new RefusedException($"{Three} go together: give {string.Join(" and ", missing)} too, or none of them.");
        if (flags.Insecure)
        {
            throw new RefusedException($"{ClusterCommandOptions.InsecureName} is for a node without TLS, and there is {ClusterCommandOptions.CertificateName}. "
                + "Leave one of them out.");
        }

        var errors = new List<string>();
        var files = new ClusterTlsFiles(
            new(ClusterCommandOptions.CertificateName, flags.TlsCertificate!),
            new(ClusterCommandOptions.KeyName, flags.TlsKey!),
            new(ClusterCommandOptions.AuthorityName, flags.TlsAuthority!));
        return ClusterTlsReader.Read(files, errors) ?? throw new RefusedException(errors);
    }

    private static List<string> MissingOf(ClusterFlags flags)
    {
        List<string> missing = [];
        if (flags.TlsCertificate is null)
            missing.Add(ClusterCommandOptions.CertificateName);
        if (flags.TlsKey is null)
            missing.Add(ClusterCommandOptions.KeyName);
        if (flags.TlsAuthority is null)
            missing.Add(ClusterCommandOptions.AuthorityName);
        return missing;
    }
}
