using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage;
using ActorWebhooks.Server.Storage.Sqlite;

namespace ActorWebhooks.Server.Commands;

/// <summary>What all nodes of a cluster have to have in common: their webhooks, and the place where events are kept.</summary>
internal static class SharedByNodes
{
    /// <exception cref="RefusedException">The nodes of a cluster cannot share what the node was told to use.</exception>
    public static void Check(ServerOptions options, WebhooksSettings settings)
    {
        if (options.Cluster is null)
            return;
        if (options.Store is SqliteStore)
        {
            throw new RefusedException($"{ClusterCommandOptions.PortName} does not go together with SQLite, which is the default and --data: "
                + "that is a file of one machine, and another node that takes a webhook over could not read what waits for it. "
                + "Give --postgres CONNSTR, the same database for all nodes, or --in-memory.");
        }

        if (options.Store is not MemoryStore && settings.Journal is { } journal
            && SharedJournal.FaultOf(options.Hocon.WithFallback(options.Store.Profile), journal) is { } fault)
        {
            throw new RefusedException(fault);
        }

        if (options.ConfigFile is null)
        {
            throw new RefusedException($"{ClusterCommandOptions.PortName} does not go together with the demo webhook, which is another one on every node. "
                + $"Give --config FILE, the same webhooks for all nodes, or put {RunSettings.DefaultFile} into the current folder.");
        }
    }
}
