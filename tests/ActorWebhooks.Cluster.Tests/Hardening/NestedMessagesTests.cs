using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.DistributedData;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Messages that hold messages, which a peer puts into one another until the stack of whoever reads them is full.</summary>
public sealed class NestedMessagesTests : IAsyncLifetime
{
    private static readonly Address Somewhere = new("akka.tcp", "node", "127.0.0.1", 1);

    private readonly ActorSystem _rogue = StartRogue();
    private readonly ActorSystem _node = StartNode();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _rogue.Terminate();
        await _node.Terminate();
    }

    public static TheoryData<string> Kinds => new(Wrappers.Keys);

    // Each is read by a serializer of its own.
    private static Dictionary<string, Func<object, object>> Wrappers { get; } = new()
    {
        ["selection"] = inner => new ActorSelectionMessage(inner, [new SelectParent()]),
        ["identify"] = inner => new Identify(inner),
        ["sharding"] = inner => new ShardingEnvelope("audit", inner),
        ["publish"] = inner => new Publish("topic", inner),
        ["send"] = inner => new Send("/user/a", inner),
        ["send to all"] = inner => new SendToAll("/user/a", inner),
        ["client"] = inner => new ClusterClient.Send("/user/a", inner),
        ["register"] = inner => Register(inner),
        ["replicator"] = inner => new Changed(new LWWRegisterKey<object>("key"), Register(inner)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Are_read_eight_deep_however_many_there_are(string kind)
    {
        var (forged, node) = (Nest(kind, 1_000), (ExtendedActorSystem)_node);

        var read = node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest);

        var depth = 0;
        for (; InnerOf(read) is { } inner; depth++)
            read = inner;
        Assert.IsType<RefusedPayload>(read);
        Assert.InRange(depth, 1, 8);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_good_faith_are_read(string kind)
    {
        var (forged, node) = (Nest(kind, 1), (ExtendedActorSystem)_node);

        var read = node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest);

        while (InnerOf(read) is { } inner)
            read = inner;
        Assert.Equal("it", read);
    }

    private ForgedMessage Nest(string kind, int depth)
    {
        var forged = Written("it");
        for (var i = 0; i < depth; i++)
        {
            _rogue.Serialization.FindSerializerFor(forged).ToBinary(forged);
            forged = Written(Wrappers[kind](forged));
        }

        return forged;
    }

    private ForgedMessage Written(object message)
    {
        var serializer = _rogue.Serialization.FindSerializerFor(message);
        return new(serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
    }

    private static object? InnerOf(object read) => read switch
    {
        ActorSelectionMessage selection => selection.Message,
        Identify identify => identify.MessageId,
        ShardingEnvelope envelope => envelope.Message,
        Publish publish => publish.Message,
        Send send => send.Message,
        SendToAll send => send.Message,
        ClusterClient.Send send => send.Message,
        LWWRegister<object> register => register.Value,
        Changed changed => changed.Data,
        _ => null,
    };

    private static LWWRegister<object> Register(object value) => new(new Akka.Cluster.UniqueAddress(Somewhere, 1), value);

    internal static ActorSystem StartRogue() => ActorSystem.Create("rogue", ConfigurationFactory.ParseString($$"""
        {{Quiet}}
        akka.actor.serializers.forged = "{{typeof(ForgedMessageSerializer).AssemblyQualifiedName}}"
        akka.actor.serialization-bindings."{{typeof(ForgedMessage).AssemblyQualifiedName}}" = forged
        """).WithFallback(PartsOfAkka));

    internal static ActorSystem StartNode() =>
        ActorSystem.Create("node", ConfigurationFactory.ParseString(Quiet).WithFallback(ClusterProfile.Config).WithFallback(PartsOfAkka));

    private const string Quiet = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-serializer-override-on-start = off
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    private static Config PartsOfAkka => ClusterSharding.DefaultConfig()
        .WithFallback(DistributedPubSub.DefaultConfig())
        .WithFallback(ClusterClientReceptionist.DefaultConfig())
        .WithFallback(DistributedData.DefaultConfig());
}
