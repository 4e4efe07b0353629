using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Tests.Port;

public sealed class HalfOpenLinkTests
{
    [Fact]
    public async Task Node_that_was_started_again_and_connects_while_it_is_connected_to_is_reached_in_both_directions()
    {
        using var way = new HeldConnection(FreePort());
        var address = $"akka.remote.dot-netty.tcp {{ port = {way.Target}, public-port = {way.Port} }}";
        await using var node = PortNode.Start();
        var first = PortNode.Start(hocon: address);
        Assert.Equal("one!", await node.AskAsync(first, "one"));
        var held = way.HoldAsync();
        way.Cut();
        await first.DisposeAsync();

        // It is asked for a connection, which is held, and connects by itself meanwhile.
        await using var second = PortNode.Start(hocon: address);
        for (var i = 0; !held.IsCompleted; i++)
        {
            Assert.True(i < 100, "Nobody connects.");
            await node.AskAsync(second, "two", TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal("three!", await second.AskAsync(node, "three"));
        var forgotten = ForgottenAsync(node.System);
        way.Release();

        // On a busy machine Akka may have given that connection up by itself. Then none is forgotten, and the nodes reach each other all the same.
        await Task.WhenAny(forgotten, Task.Delay(TimeSpan.FromSeconds(5)));

        // The other node begins to read from the connection that came last some time after that.
        for (var (asked, answered) = (0, 0); answered < 10; asked++)
        {
            Assert.True(asked < 40, "What the node says does not arrive.");
            answered = await node.AskAsync(second, "four", TimeSpan.FromSeconds(1)) is null ? 0 : answered + 1;
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Completes when a connection that was opened goes to dead letters.</summary>
    private static Task ForgottenAsync(ActorSystem system)
    {
        var forgotten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = system.ActorOf(Props.Create(() => new Listener(forgotten)));
        system.EventStream.Subscribe(listener, typeof(DeadLetter));
        return forgotten.Task;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Listener(TaskCompletionSource forgotten) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is DeadLetter { Message: var letter } && letter.GetType().FullName == "Akka.Remote.EndpointWriter+Handle")
                forgotten.TrySetResult();
        }
    }
}
