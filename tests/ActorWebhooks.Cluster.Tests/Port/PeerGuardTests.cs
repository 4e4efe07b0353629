using System.Buffers;
using System.Net.Sockets;
using ActorWebhooks.Cluster.Port;
using ActorWebhooks.Cluster.Tests.Hardening;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>Which messages of a peer Akka gets.</summary>
public sealed class PeerGuardTests
{
    private const string Node = "akka.tcp://node@127.0.0.1:2552";
    private const string Echo = $"{Node}/user/echo";
    private const long Selection = 6;
    private const string Peer = "akka.tcp://peer@127.0.0.1:1/user/a";

    private readonly PeerSequences _sequences = new(mostPeers: 3);

    [Fact]
    public void Messages_of_good_faith_are_taken_in()
    {
        var guard = Guard();

        Assert.Null(guard.FaultOf(PeerFrame.Introduction("peer", 1)));
        Assert.Null(guard.FaultOf(PeerFrame.Tell(Echo)));
        Assert.Null(guard.FaultOf(PeerFrame.Tell(Echo, Peer)));
        Assert.Null(guard.FaultOf(PeerFrame.Tell(Echo, Echo)));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/sharding/webhooks#-123", $"{Node}/user/courier")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/sharding/webhooks", "akka.tcp://peer@127.0.0.1:1/system/sharding/webhooks")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/sharding/webhooks", "akka.tcp://node@127.0.0.1:2553/system/sharding/webhooks")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/sharding/webhooks", $"{Node}/temp/a")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/sharding/webhooks", $"{Node}/deadLetters")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/", "akka.tcp://peer@127.0.0.1:1/system/cluster", serializer: Selection)));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/", Echo, serializer: Selection)));
        Assert.Null(guard.FaultOf([]));
    }

    public static TheoryData<string> LongPaths => new(
        Echo + Repeat("/..", 20_000), Node + Repeat("/a", 64), $"{Node}/user{new string('/', 70)}echo", $"{Node}/user/{new string('a', 2_000)}", Repeat("/..", 65));

    [Theory]
    [MemberData(nameof(LongPaths))]
    public void Path_that_is_long_is_not_followed(string path)
    {
        Assert.NotNull(Guard().FaultOf(PeerFrame.Tell(path)));
        Assert.NotNull(Guard().FaultOf(PeerFrame.Tell(Echo, path)));
    }

    [Fact]
    public void What_is_there_twice_is_not_put_together()
    {
        Assert.NotNull(Guard().FaultOf(PeerFrame.Envelope(envelope =>
        {
            ProtobufBytes.Message(envelope, 1, reference => ProtobufBytes.Utf8(reference, 1, Echo));
            ProtobufBytes.Message(envelope, 1, reference => ProtobufBytes.Utf8(reference, 1, Echo));
        })));
        Assert.NotNull(Guard().FaultOf([.. PeerFrame.Tell(Echo), .. PeerFrame.Tell(Echo)]));
    }

    [Fact]
    public void System_messages_are_taken_in_in_their_order()
    {
        var guard = Introduced("peer", 1);

        Assert.Equal([true, false, true, true, false, true], Taken(guard, 0, 2, 1, 1, long.MaxValue, 2));
    }

    [Fact]
    public void System_message_of_whoever_has_not_said_who_it_is_is_not_taken_in() => Assert.Equal([false], Taken(Guard(), 0));

    [Fact]
    public void Peer_goes_on_where_it_was_when_it_connects_again_and_begins_anew_in_another_life()
    {
        var first = Introduced("peer", 1);
        Taken(first, 0, 1, 2);
        first.Leave();

        Assert.Equal([true], Taken(Introduced("peer", 1), 3));
        Assert.Equal([false, true], Taken(Introduced("peer", 2), 3, 0));
        Assert.Equal([false, true], Taken(Introduced("another", 1), 3, 0));
    }

    [Fact]
    public void Peers_that_have_gone_are_forgotten_before_those_that_are_connected()
    {
        var friend = Introduced("friend", 1);
        Taken(friend, 0, 1, 2);
        for (var i = 0; i < 100; i++)
        {
            var invented = Introduced($"invented-{i}", 1);
            Taken(invented, 0);
            invented.Leave();
        }

        Assert.Equal([true], Taken(Introduced("friend", 1), 3));
        Assert.Equal([false], Taken(Introduced("invented-0", 1), 1));
        Assert.Equal([true], Taken(Introduced("invented-99", 1), 1));
    }

    [Fact]
    public void System_messages_that_Akka_does_not_acknowledge_are_taken_in_up_to_a_mebibyte()
    {
        var guard = Introduced("peer", 1);
        Assert.Equal([true, false, false], Large(guard, 0, 1, 0));

        // It has come again on another connection, where Akka misses the first one.
        guard.Leave();
        guard = Introduced("peer", 1);
        guard.Sent(PeerFrame.Acknowledgement(ulong.MaxValue));
        Assert.Equal([false], Large(guard, 1));

        guard.Sent(PeerFrame.Acknowledgement(0));
        Assert.Equal([true, false], Large(guard, 1, 2));
        guard.Sent(PeerFrame.Acknowledgement(0));
        Assert.Equal([false], Large(guard, 2));
        guard.Sent(PeerFrame.Acknowledgement(1));
        Assert.Equal([true], Large(guard, 2));
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData($"{Node}/user/echo#abc")]
    [InlineData($"{Node}/user/echo#99999999999999999999")]
    [InlineData("akka.tcp://node@127.0.0.1:99999999999/user/echo")]
    public void What_is_no_path_stops_no_guard(string path)
    {
        Guard().FaultOf(PeerFrame.Tell(path, path));
        Guard().FaultOf(PeerFrame.Tell($"{Node}/system/ddata", path));
    }

    [Theory]
    [InlineData($"{Node}/system/ddata", $"{Node}/system/ddata")]
    [InlineData($"{Node}/system/ddata", $"{Node}/system/other")]
    [InlineData("akka://node/system/ddata", $"{Node}/system/ddata")]
    [InlineData($"{Node}/system/ddata", "akka://node/system/ddata")]
    [InlineData($"{Node}/system/ddata", $"{Node}/user/../system/ddata")]
    [InlineData($"{Node}/system/ddata", $"{Node}//system/ddata")]
    [InlineData($"{Node}/system/ddata", $"{Node}/./system/ddata")]
    [InlineData($"{Node}/system/ddata", $"{Node}/system/ddata#12")]
    [InlineData($"{Node}/system/ddata", "AKKA.TCP://node@127.0.0.1:2552/system/ddata")]
    [InlineData($"{Node}/system/ddata", "akka.tcp://node@127.0.0.1:02552/system/ddata")]
    [InlineData($"{Node}/user/../system/ddata", $"{Node}/system/ddata")]
    [InlineData($"{Node}//system/ddata", $"{Node}/system/ddata")]
    public void Nobody_speaks_to_a_system_actor_in_the_name_of_one_of_this_node(string recipient, string sender) =>
        Assert.NotNull(Guard().FaultOf(PeerFrame.Tell(recipient, sender)));

    [Theory]
    [InlineData($"{Node}/", $"{Node}/system/ddata", Selection)]
    [InlineData(Echo, $"{Node}/system/ddata", Selection)]
    [InlineData(Echo, $"{Node}/user/../system/ddata", Selection)]
    [InlineData(Echo, $"{Node}/system/ddata", (1L << 32) + Selection)]
    public void Nobody_selects_in_the_name_of_a_system_actor_of_this_node(string recipient, string sender, long serializer) =>
        Assert.NotNull(Guard().FaultOf(PeerFrame.Tell(recipient, sender, serializer: serializer)));

    [Fact]
    public void Nobody_is_taken_for_another_because_of_what_came_before()
    {
        var guard = Guard();

        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/ddata", "akka.tcp://node@127.0.0.1:255")));
        Assert.Null(guard.FaultOf(PeerFrame.Tell($"{Node}/system/ddata", "akka.tcp://node@127.0.0.1:255/system/ddata")));
        Assert.NotNull(guard.FaultOf(PeerFrame.Tell($"{Node}/system/ddata", $"{Node}/system/ddata")));
    }

    [Fact]
    public async Task Port_gives_Akka_only_what_is_taken_in()
    {
        await using var node = PortNode.Start();
        var seen = new List<string>();
        var sink = node.System.ActorOf(Props.Create(() => new Sink(seen)), "sink");
        var path = $"{node.Address}/user/sink";
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(node.EndPoint);

        await SendAsync(PeerFrame.Introduction("peer", 1));
        // Akka takes empty parts for none, so it would reach the actor.
        await SendAsync(PeerFrame.Tell($"{node.Address}/user{new string('/', 70)}sink", text: "long path"));
        await SendAsync(PeerFrame.Tell(path, sequence: 1UL << 62, text: "out of order"));
        await SendAsync(PeerFrame.Tell(path, text: "it"));

        await Eventually.Equal("it", () =>
        {
            lock (seen)
                return string.Join(' ', seen);
        });

        async Task SendAsync(byte[] frame)
        {
            var framed = new ArrayBufferWriter<byte>();
            Frames.Write(framed, frame);
            await socket.SendAsync(framed.WrittenMemory);
        }
    }

    private PeerGuard Guard() => new(new Address("tcp", "node", "127.0.0.1", 2552), _sequences);

    private PeerGuard Introduced(string name, ulong life)
    {
        var guard = Guard();
        Assert.Null(guard.FaultOf(PeerFrame.Introduction(name, life)));
        return guard;
    }

    private static IEnumerable<bool> Taken(PeerGuard guard, params long[] sequences) =>
        [.. sequences.Select(sequence => guard.FaultOf(PeerFrame.Tell(Echo, Peer, (ulong)sequence)) is null)];

    private static IEnumerable<bool> Large(PeerGuard guard, params long[] sequences) =>
        [.. sequences.Select(sequence => guard.FaultOf(PeerFrame.Tell(Echo, null, (ulong)sequence, new string('x', 600_000))) is null)];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private sealed class Sink(List<string> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            lock (seen)
                seen.Add($"{message}");
        }
    }
}
