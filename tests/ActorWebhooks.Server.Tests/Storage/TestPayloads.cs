using Akka.Configuration;

namespace ActorWebhooks.Server.Tests.Storage;

/// <summary>Texts stand in for rows in tests of the journal; the profiles have no serializer for them.</summary>
internal static class TestPayloads
{
    public static Config Config { get; } =
        ConfigurationFactory.ParseString("""akka.actor.serializers.json = "Akka.Serialization.NewtonSoftJsonSerializer, Akka" """);
}
