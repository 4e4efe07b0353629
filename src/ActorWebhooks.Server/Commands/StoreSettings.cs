using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage;
using ActorWebhooks.Server.Storage.Postgres;
using ActorWebhooks.Server.Storage.Sqlite;
using Akka.Configuration;

namespace ActorWebhooks.Server.Commands;

/// <summary>Where <c>run</c> keeps undelivered events.</summary>
internal static class StoreSettings
{
    public const string DefaultFolder = "data";

    /// <exception cref="RefusedException">It is not such a place.</exception>
    public static EventStore Choose(RunFlags flags) =>
        flags.InMemory ? new MemoryStore()
        : flags.Postgres is { } connectionString ? PostgresStore.Parse(connectionString)
        : new SqliteStore(Folder(flags.DataFolder));

    /// <summary>What the user's HOCON, which goes over the profile of <paramref name="chosen"/>, leaves of the choice.</summary>
    public static EventStore Under(EventStore chosen, Config hocon, WebhooksSettings settings)
    {
        if (chosen is MemoryStore || settings.Journal is not { } journal)
            return new MemoryStore();
        var isForeign = journal.Plugin != EventStore.Plugin || hocon.HasPath($"{EventStore.Plugin}.connection-string");
        return isForeign ? new ForeignStore(journal.Plugin, chosen.Profile) : chosen;
    }

    private static string Folder(string? given) =>
        given is null ? DefaultFolder
        : string.IsNullOrWhiteSpace(given) ? throw new RefusedException("--data is empty. Give a folder, or leave it out for ./data.")
        : given;
}
