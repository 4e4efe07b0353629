using ActorWebhooks.Connections;
using ActorWebhooks.Hosting;

namespace ActorWebhooks.Cluster.Port;

/// <summary>How much of the port may be held at once.</summary>
/// <param name="MaxConnections">The most connections that came in.</param>
/// <param name="MaxSilent">The most of them that have not said anything, or not shown a certificate.</param>
/// <param name="Silence">How long one may be silent.</param>
internal sealed record PortLimits(int MaxConnections, int MaxSilent, TimeSpan Silence)
{
    // The rest is for callers of the API and for endpoints.
    private const int PartOfFiles = 4;
    private const int Least = 16;

    public static PortLimits Create(SettingsReader reader)
    {
        var most = reader.Integer("cluster.max-connections", Least, 100_000);
        return new PortLimits(
            most,
            reader.Integer("cluster.max-silent-connections", 1, most),
            reader.Duration("cluster.silence-timeout", TimeSpan.FromMilliseconds(100)));
    }

    /// <summary>What a process that may have few open files can afford.</summary>
    /// <param name="files">Null when that is not known.</param>
    public PortLimits Within(long? files)
    {
        var most = (int)Math.Clamp(files / PartOfFiles ?? MaxConnections, Math.Min(Least, MaxConnections), MaxConnections);
        return this with { MaxConnections = most, MaxSilent = Math.Min(MaxSilent, most) };
    }

    public PortLimits WithinProcess() => Within(OpenFiles.Limit);
}
