using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using ActorWebhooks.Cluster.Tests.Tls;
using ActorWebhooks.Cluster.Tls;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>Callers of the port that say nothing, or not enough, on real sockets.</summary>
public sealed class HeldPortTests
{
    private const string Patient = "actor-webhooks.cluster { max-silent-connections = 20, silence-timeout = 10m }";
    private const string Impatient = "actor-webhooks.cluster.silence-timeout = 300ms";

    private static readonly byte[] HalfOfAMessage = [200, 0, 0, 0, 1, 2, 3];
    private static readonly byte[] ClientHelloBegun = [0x16, 3, 1, 2, 0, 1];
    private static readonly byte[] NoMessage = [255, 255, 255, 127];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callers_that_say_nothing_are_no_more_than_they_may_be_and_keep_no_node_out(bool hasTls)
    {
        using var certificates = new NodeCertificates();
        await using var node = PortNode.Start(Tls(hasTls, certificates), Patient);
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 200; i++)
                sockets.Add(await CallAsync(node, []));

            await Eventually.Equal(20, () => sockets.Count(IsOpen));
            Assert.Equal(sockets.TakeLast(20), sockets.Where(IsOpen));
            await using var friend = PortNode.Start(Tls(hasTls, certificates));
            Assert.Equal("hello!", await friend.AskAsync(node, "hello"));
            Assert.Equal("back!", await node.AskAsync(friend, "back"));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    public static TheoryData<bool, byte[]> Beginnings => new()
    {
        { false, [] },
        { false, HalfOfAMessage },
        { true, [] },
        { true, ClientHelloBegun },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Caller_that_does_not_say_who_it_is_has_only_so_much_time(bool hasTls, byte[] said)
    {
        using var certificates = new NodeCertificates();
        await using var node = PortNode.Start(Tls(hasTls, certificates), Impatient);
        var since = Stopwatch.GetTimestamp();

        using var socket = await CallAsync(node, said);

        await ClosesAsync(socket);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Caller_that_drips_has_no_more_time_than_one_that_says_nothing()
    {
        await using var node = PortNode.Start(hocon: Impatient);
        using var socket = await CallAsync(node, HalfOfAMessage);
        var since = Stopwatch.GetTimestamp();
        var closing = ClosesAsync(socket);

        while (!closing.IsCompleted)
        {
            try
            {
                await socket.SendAsync(new byte[1]);
            }
            catch (SocketException)
            {
                break;
            }

            await Task.WhenAny(closing, Task.Delay(20));
        }

        await closing;
        // Akka itself breaks it off after 15 s.
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_is_no_message_of_a_node_ends_the_connection_at_once()
    {
        await using var node = PortNode.Start(hocon: Patient);

        using var socket = await CallAsync(node, NoMessage);

        await ClosesAsync(socket);
    }

    [Fact]
    public async Task Refusals_are_told_with_the_reason_in_one_line_however_many_there_are()
    {
        using var certificates = new NodeCertificates();
        await using var node = PortNode.Start(PortNode.TlsOf(certificates), "akka { loglevel = WARNING, loggers = [] }");
        var lines = new ConcurrentQueue<string>();
        node.System.EventStream.Subscribe(node.System.ActorOf(Props.Create(() => new Listener(lines))), typeof(Warning));

        for (var i = 0; i < 30; i++)
        {
            using var socket = await CallAsync(node, []);
            await using var stream = new SslStream(new NetworkStream(socket), false, (_, _, _, errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable);
            await stream.AuthenticateAsClientAsync("node");
            await ClosesAsync(stream);
        }

        await Eventually.Equal(1, () => lines.Count);
        Assert.Equal(
            "A connection from 127.0.0.1 to the port of the cluster was refused (1 since the line before): it shows no certificate",
            Assert.Single(lines));
    }

    [Fact]
    public async Task Address_that_has_all_connections_gets_no_more()
    {
        await using var node = PortNode.Start(hocon: "actor-webhooks.cluster { max-connections = 16, max-silent-connections = 16 }");
        var friends = new List<PortNode>();
        try
        {
            for (var i = 0; i < 16; i++)
            {
                friends.Add(PortNode.Start());
                Assert.Equal("hello!", await friends[i].AskAsync(node, "hello"));
            }

            using var socket = await CallAsync(node, []);

            await ClosesAsync(socket);
            Assert.Equal("still!", await friends[0].AskAsync(node, "still"));
            Assert.Equal("still!", await friends[15].AskAsync(node, "still"));
        }
        finally
        {
            foreach (var friend in friends)
                await friend.DisposeAsync();
        }
    }

    private static ClusterTls? Tls(bool has, NodeCertificates certificates) => has ? PortNode.TlsOf(certificates, $"{Guid.NewGuid():N}") : null;

    private static async Task<Socket> CallAsync(PortNode node, byte[] said)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(node.EndPoint);
        await socket.SendAsync(said);
        return socket;
    }

    private static async Task ClosesAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            Assert.Equal(0, await socket.ReceiveAsync(new byte[64], patience.Token));
        }
        catch (SocketException)
        {
            // It was reset, as there was more that nobody read.
        }
    }

    private static async Task ClosesAsync(Stream stream)
    {
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[64]));
        }
        catch (IOException)
        {
            // It says why.
        }
    }

    // Whether the other end has not closed it.
    private static bool IsOpen(Socket socket) => !socket.Poll(0, SelectMode.SelectRead);

    private sealed class Listener(ConcurrentQueue<string> lines) : UntypedActor
    {
        protected override void OnReceive(object message) => lines.Enqueue($"{((LogEvent)message).Message}");
    }
}
