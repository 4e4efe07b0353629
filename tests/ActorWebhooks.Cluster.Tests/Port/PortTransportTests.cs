using ActorWebhooks.Cluster.Tests.Tls;
using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>What the port carries.</summary>
public sealed class PortTransportTests
{
    [Fact]
    public async Task It_speaks_with_the_port_of_Akka()
    {
        await using var node = PortNode.Start();
        await using var akka = PortNode.Start([], "");

        Assert.Equal("akka.tcp", node.Address.Protocol);
        Assert.Equal("hello!", await node.AskAsync(akka, "hello"));
        Assert.Equal("back!", await akka.AskAsync(node, "back"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_of_any_size_come_in_order_and_none_is_lost(bool hasTls)
    {
        using var certificates = new NodeCertificates();
        await using var one = PortNode.Start(hasTls ? PortNode.TlsOf(certificates, "one") : null);
        await using var other = PortNode.Start(hasTls ? PortNode.TlsOf(certificates, "other") : null);
        var sizes = Enumerable.Range(0, 400).Select(i => i % 40 == 39 ? 900_000 : i * 37 % 5_000).ToArray();
        var came = new TaskCompletionSource<int[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        other.System.ActorOf(Props.Create(() => new Collector(sizes.Length, came)), "collector");

        var target = one.System.ActorSelection($"{other.Address}/user/collector");
        foreach (var size in sizes)
            target.Tell(new string('x', size));

        Assert.Equal(sizes, await came.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Node_that_has_gone_is_told_and_another_one_at_its_address_is_reached()
    {
        await using var node = PortNode.Start();
        var first = PortNode.Start();
        var address = first.Address;
        Assert.Equal("hello!", await node.AskAsync(first, "hello"));
        var echo = await node.System.ActorSelection($"{address}/user/echo").ResolveOne(TimeSpan.FromSeconds(20));
        var isGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.System.ActorOf(Props.Create(() => new Watcher(echo, isGone)));

        await first.DisposeAsync();

        await isGone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using var second = PortNode.Start(hocon: $"akka.remote.dot-netty.tcp.port = {address.Port}");
        Assert.Equal(address, second.Address);
        for (var i = 0; await node.AskAsync(second, "again", TimeSpan.FromSeconds(1)) is null; i++)
            Assert.True(i < 20);
    }

    [Fact]
    public async Task More_system_messages_than_are_taken_in_without_an_acknowledgement_all_come()
    {
        // Each watch is a message of over 2,000 bytes.
        const int rounds = 6;
        const int perRound = 100;
        await using var one = PortNode.Start();
        await using var other = PortNode.Start();
        Assert.Equal("hello!", await one.AskAsync(other, "hello"));
        for (var round = 0; round < rounds; round++)
        {
            var actors = new IActorRef[perRound];
            for (var i = 0; i < perRound; i++)
                actors[i] = other.System.ActorOf(Props.Create(() => new Silent()), $"{new string('a', 1_000)}-{round}-{i}");
            var haveGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var remote = actors.Select(actor => ((ExtendedActorSystem)one.System).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.Address))).ToArray();
            one.System.ActorOf(Props.Create(() => new WatcherOfMany(remote, haveGone)));

            foreach (var actor in actors)
                other.System.Stop(actor);

            await haveGone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public void Certificates_of_Akkas_own_port_are_not_passed_over_in_silence()
    {
        var refused = Assert.ThrowsAny<Exception>(() => PortNode.Start(hocon: "akka.remote.dot-netty.tcp.enable-ssl = on"));

        for (var inner = refused; inner is not null; inner = inner.InnerException!)
        {
            if (inner is ConfigurationException && inner.Message.Contains("WithClusterTls", StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"{refused}");
    }

    // Not WatchAsync, which waits for ever when a node is lost as a whole.
    private sealed class Watcher(IActorRef watched, TaskCompletionSource isGone) : UntypedActor
    {
        protected override void PreStart() => Context.Watch(watched);

        protected override void OnReceive(object message)
        {
            if (message is Terminated)
                isGone.SetResult();
        }
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class WatcherOfMany(IActorRef[] watched, TaskCompletionSource haveGone) : UntypedActor
    {
        private int _left = watched.Length;

        protected override void PreStart()
        {
            foreach (var actor in watched)
                Context.Watch(actor);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated && --_left == 0)
                haveGone.TrySetResult();
        }
    }

    private sealed class Collector(int count, TaskCompletionSource<int[]> came) : UntypedActor
    {
        private readonly List<int> _sizes = [];

        protected override void OnReceive(object message)
        {
            if (message is not string text)
                return;
            _sizes.Add(text.Length);
            if (_sizes.Count == count)
                came.SetResult([.. _sizes]);
        }
    }
}
