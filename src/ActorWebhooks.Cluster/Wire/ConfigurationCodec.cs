using ActorWebhooks.Cluster.Configuration;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Which configuration a node has, and behind it, as it came later, its version.</summary>
internal static class ConfigurationCodec
{
    public static void Write(WireWriter to, ConfigurationReport report)
    {
        to.Long((long)report.Hash);
        to.Number(report.Webhooks);
        if (report.Version is { } version)
            to.Text(version);
    }

    public static ConfigurationReport Read(WireReader from) => new((ulong)from.Long(), from.Int(), from.IsAtEnd ? null : from.Text());
}
