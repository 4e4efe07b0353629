using ActorWebhooks.Hosting;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>Whether the journal is one that all nodes reach.</summary>
internal static class SharedJournal
{
    // Akka's own that keep everything in the process or in its folder.
    private static readonly string[] OfOneNode = ["MemoryJournal", "SharedMemoryJournal", "LocalSnapshot", "LeveldbJournal", "SqliteJournal"];

    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? FaultOf(Config config, JournalSettings settings)
    {
        var path = JournalPlugin.PathOf(config, settings.Plugin);
        var provider = config.GetString($"{path}.provider-name", "");
        var type = config.GetString($"{path}.class", "");
        var isOfOneNode = provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase)
            || OfOneNode.Any(name => type.Contains($".{name},", StringComparison.OrdinalIgnoreCase));
        return !isOfOneNode ? null
            : $"{path} is {(provider.Length > 0 ? provider : type)}, a journal of one node: when a webhook moves to another node of the cluster, what waits for it "
                + "could not be read there. Use a database that all nodes reach, such as PostgreSQL, or durable = off.";
    }
}
