using Akka.Configuration;

namespace ActorWebhooks.Server.Storage;

/// <summary>The profiles of the folder <c>hocon</c>.</summary>
internal static class Profiles
{
    public static Config Sqlite { get; } = Load("durable-sqlite.conf");

    public static Config Postgres { get; } = Load("durable-postgres.conf");

    private static Config Load(string name) =>
        ConfigurationFactory.FromResource($"ActorWebhooks.Server.{name}", typeof(Profiles).Assembly);
}
