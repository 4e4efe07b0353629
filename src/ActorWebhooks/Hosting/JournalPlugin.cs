using ActorWebhooks.Journal;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace ActorWebhooks.Hosting;

/// <summary>The journal plugin that durable webhooks are written to.</summary>
internal static class JournalPlugin
{
    private const string DefaultKey = "akka.persistence.journal.plugin";
    private const string InMemory = "akka.persistence.journal.inmem";

    /// <summary>Checks that there is such a plugin.</summary>
    /// <returns>What starts the plugin, if it does not run yet; null when webhooks are not durable.</returns>
    /// <exception cref="WebhookConfigurationException">There is none that would keep anything.</exception>
    public static JournalOpening? OpeningOf(ActorSystem system, JournalSettings? settings)
    {
        if (settings is null)
            return null;
        var persistence = Persistence.Instance.Apply(system);
        var config = system.Settings.Config;
        var path = PathOf(config, settings.Plugin);
        if (settings.Plugin.Length == 0 && path is "" or InMemory)
        {
            throw new WebhookConfigurationException(
            [
                $"{WebhooksSettings.Section}.durable = on, and {DefaultKey} is {(path.Length == 0 ? "not set" : "Akka's journal in memory, which keeps nothing")}: "
                    + $"configure a journal plugin and name it there or in {WebhooksSettings.Section}.journal.plugin.",
            ]);
        }

        if (!config.HasPath($"{path}.class"))
        {
            throw new WebhookConfigurationException(
            [
                $"{WebhooksSettings.Section}.journal.plugin = {path}: there is no {path}.class in the HOCON of the application; "
                    + "accepted is the path of a journal plugin, such as akka.persistence.journal.sql.",
            ]);
        }

        return new JournalOpening(() => persistence.JournalFor(path), settings.Timeout);
    }

    /// <param name="plugin">As it was set; empty for the application's default one.</param>
    public static string PathOf(Config config, string plugin) => plugin.Length > 0 ? plugin : config.GetString(DefaultKey, "");
}
