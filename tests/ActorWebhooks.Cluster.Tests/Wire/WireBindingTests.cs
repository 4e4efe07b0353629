using System.Runtime.Serialization;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Tests.Wire;

/// <summary>The serializer as an application finds it: by the settings of the package, and with none that would do instead.</summary>
public sealed class WireBindingTests : IAsyncLifetime
{
    // What WithStrictSerialization() of Akka.Hosting says.
    private const string Strict = "akka.actor.serialization-settings.allow-unregistered-types = off";

    private readonly ActorSystem _system = ActorSystem.Create("binding", ConfigurationFactory.ParseString($$"""
        akka.stdout-loglevel = OFF
        akka.loglevel = OFF
        {{Strict}}
        """).WithFallback(ConfigurationFactory.FromResource("ActorWebhooks.Cluster.cluster.conf", typeof(IWireMessage).Assembly)));

    public static TheoryData<string> Names => [.. Samples.All.Keys];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_is_written_and_read_by_the_serializer_that_the_settings_name(string name)
    {
        var message = Samples.All[name];
        var serializer = Assert.IsType<WireSerializer>(_system.Serialization.FindSerializerFor(message));
        var bytes = _system.Serialization.Serialize(message);
        var read = _system.Serialization.Deserialize(bytes, serializer.Identifier, serializer.Manifest(message));
        Assert.Equal(message.Told(), ((IWireMessage)read).Told());
    }

    [Fact]
    public void Identifier_is_the_one_that_the_settings_name()
    {
        Assert.Equal(1_742_302, Wired.Serializer.Identifier);
        Assert.Equal(
            Wired.Serializer.Identifier,
            SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(typeof(WireSerializer), (ExtendedActorSystem)_system));
    }

    [Fact]
    public void What_is_no_message_between_nodes_is_refused_under_these_settings() =>
        Assert.Throws<SerializationException>(() => _system.Serialization.FindSerializerFor(new NoSuchWebhook("audit")));
}
