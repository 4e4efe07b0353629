using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.DistributedData;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Messages that hold messages, which a peer puts into one another until the stack of whoever reads them is full.</summary>
public sealed class NestedMessagesTests(ForgedInput systems) : IClassFixture<ForgedInput>
{
    private static readonly Address Somewhere = new("akka.tcp", "node", "127.0.0.1", 1);

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
        var forged = Nest(kind, 1_000);

        var read = systems.Node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest);

        var depth = 0;
        for (; InnerOf(read) is { } inner; depth++)
            read = inner;
        Assert.IsType<RefusedPayload>(read);
        Assert.InRange(depth, kind == "selection" ? 0 : 1, 8);
    }

    [Theory]
    [InlineData(64, 0, true)]
    [InlineData(64, 1, true)]
    [InlineData(65, 0, false)]
    [InlineData(70_000, 0, false)]
    [InlineData(3, 2, false)]
    public void Path_of_a_selection_is_short_and_has_one_pattern_at_most(int parts, int patterns, bool isRead)
    {
        var path = Enumerable.Range(0, parts).Select(i => i < patterns ? new SelectChildPattern("*") : (SelectionPathElement)new SelectChildName("user"));
        var forged = Written(new ActorSelectionMessage("it", [.. path]));

        var read = systems.Node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest);

        Assert.Equal(isRead, read is ActorSelectionMessage);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("web*-?_1.2*", true)]
    [InlineData("a%20b~$c", true)]
    [InlineData("***", false)]
    [InlineData("(a+)+", false)]
    [InlineData("a{1000}", false)]
    [InlineData("[a]", false)]
    [InlineData("a|b", false)]
    [InlineData("\\w", false)]
    public void Pattern_of_a_selection_is_no_regular_expression(string pattern, bool isRead)
    {
        // The real one would be made of it here.
        var bytes = ProtobufBytes.Coded(output =>
        {
            ProtobufBytes.Message(output, 1, payload =>
            {
                ProtobufBytes.Utf8(payload, 1, "it");
                ProtobufBytes.Number(payload, 2, 17);
                ProtobufBytes.Utf8(payload, 3, "S");
            });
            ProtobufBytes.Message(output, 2, element =>
            {
                ProtobufBytes.Number(element, 1, 3);
                ProtobufBytes.Utf8(element, 2, pattern);
            });
        });

        Assert.Equal(isRead, systems.Node.Serialization.Deserialize(bytes, 6, "") is ActorSelectionMessage);
    }

    [Fact]
    public void Selection_in_a_selection_is_not_read()
    {
        var forged = Nest("selection", 2);
        Assert.IsType<RefusedPayload>(systems.Node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_good_faith_are_read(string kind)
    {
        var forged = Nest(kind, 1);

        var read = systems.Node.Serialization.Deserialize(forged.Bytes, forged.Serializer, forged.Manifest);

        while (InnerOf(read) is { } inner)
            read = inner;
        Assert.Equal("it", read);
    }

    private ForgedMessage Nest(string kind, int depth)
    {
        var forged = Written("it");
        for (var i = 0; i < depth; i++)
        {
            var inner = forged;
            forged = ForgedMessageSerializer.Announce(inner, () => Written(Wrappers[kind](inner)));
        }

        return forged;
    }

    private ForgedMessage Written(object message)
    {
        var serializer = systems.Rogue.Serialization.FindSerializerFor(message);
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
}
