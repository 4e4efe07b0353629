using ActorWebhooks.Cluster.Configuration;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Which configuration a node has.</summary>
internal static class ConfigurationCodec
{
    public static void Write(WireWriter to, ConfigurationReport report)
    {
        to.Long((long)report.Hash);
        to.Number(report.Webhooks);
    }

    public static ConfigurationReport Read(WireReader from) => new((ulong)from.Long(), from.Int());
}
