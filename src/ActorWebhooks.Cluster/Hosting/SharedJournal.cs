using ActorWebhooks.Hosting;
using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>Whether the journal is one that all nodes reach.</summary>
internal static class SharedJournal
{
    // Akka's own that keep everything in the process or in its folder.
    private static readonly string[] OfOneNode = ["MemoryJournal", "SharedMemoryJournal", "LeveldbJournal", "SqliteJournal", "BatchingSqliteJournal"];

    /// <returns>What is wrong with it, on a node that needs it; empty when nothing is.</returns>
    public static IReadOnlyList<string> FaultsOf(ActorSystem system, JournalSettings settings)
    {
        try
        {
            // Brings the settings of Akka's own journals.
            JournalPlugin.OpeningOf(system, settings);
        }
        catch (WebhookConfigurationException e)
        {
            return e.Errors;
        }

        return FaultOf(system.Settings.Config, settings) is { } fault ? [fault] : [];
    }

    /// <param name="config">With the settings of the journal.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? FaultOf(Config config, JournalSettings settings)
    {
        var path = JournalPlugin.PathOf(config, settings.Plugin);
        var provider = config.GetString($"{path}.provider-name", "");
        var type = config.GetString($"{path}.class", "");
        var isOfOneNode = provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase)
            || OfOneNode.Any(name => type.Contains($".{name},", StringComparison.OrdinalIgnoreCase));
        return !isOfOneNode ? null
            : $"{path} is {(provider.Length > 0 ? provider : type.Split(',')[0])}, a journal of one node: when a webhook moves to another node of the cluster, what "
                + "waits for it could not be read there. Use a database that all nodes reach, such as PostgreSQL, or durable = off.";
    }
}
