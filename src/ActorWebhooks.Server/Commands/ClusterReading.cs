using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Commands;

/// <summary>Checks what <c>run</c> was told about a cluster.</summary>
internal static class ClusterReading
{
    public const string DefaultHost = "127.0.0.1";

    /// <returns>Null when the node is on its own.</returns>
    /// <exception cref="RefusedException">A flag is not acceptable.</exception>
    public static ClusterSettings? Read(ClusterFlags flags)
    {
        if (flags.Port is not { } port)
        {
            return OrphanOf(flags) is not { } orphan ? null : throw new RefusedException(
                $"{orphan} is for a node of a cluster. Give {ClusterCommandOptions.PortName} PORT too (0 takes a free one), or leave {orphan} out.");
        }

        var self = new NodeAddress(HostOf(flags.Host ?? DefaultHost), PortOf(port));
        var seeds = flags.Seeds.Select(SeedOf).ToImmutableArray();
        var isCutOff = self.IsLoopback && seeds.Any(seed => !seed.IsLoopback);
        if (isCutOff)
        {
            throw new RefusedException(
                $"{ClusterCommandOptions.SeedName} {seeds.First(seed => !seed.IsLoopback)} is on another machine, which cannot reach this node at {self.Host}. "
                + $"Give {ClusterCommandOptions.HostName} with the address by which it can.");
        }

        return new(self, seeds, ClusterTlsReading.Read(flags, self));
    }

    private static string? OrphanOf(ClusterFlags flags) =>
        flags.Seeds.Count > 0 ? ClusterCommandOptions.SeedName
        : flags.Host is not null ? ClusterCommandOptions.HostName
        : flags.TlsCertificate is not null ? ClusterCommandOptions.CertificateName
        : flags.TlsKey is not null ? ClusterCommandOptions.KeyName
        : flags.TlsAuthority is not null ? ClusterCommandOptions.AuthorityName
        : flags.Insecure ? ClusterCommandOptions.InsecureName
        : null;

    private static string HostOf(string text) => NodeAddress.TryHost(text) ?? throw new RefusedException(
        $"{ClusterCommandOptions.HostName} is the IPv4 address or the name by which the other nodes reach this one, such as 10.0.0.5; "
        + $"found '{Printable.Shorten(text)}'.");

    private static int PortOf(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        ? port
        : throw new RefusedException($"{ClusterCommandOptions.PortName} is a number from 0 to {IPEndPoint.MaxPort}, and 0 takes a free one; "
            + $"found '{Printable.Shorten(text)}'.");

    private static NodeAddress SeedOf(string text) => NodeAddress.TryParse(text) ?? throw new RefusedException(
        $"{ClusterCommandOptions.SeedName} is the HOST:PORT of a node, an IPv4 address or a name and a port from 1 to {IPEndPoint.MaxPort}, such as 10.0.0.5:7001; "
        + $"found '{Printable.Shorten(text)}'.");
}
