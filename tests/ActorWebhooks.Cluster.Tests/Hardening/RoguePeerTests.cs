using System.Reflection;
using System.Runtime.Loader;
using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.DistributedData;
using Akka.Persistence;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>An actor system that nobody invited reaches the port of a node, and says what it likes.</summary>
public sealed class RoguePeerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _rogue = ActorSystem.Create("rogue", Port($$"""
        akka.actor.provider = remote
        akka.actor.serializers.forged = "{{typeof(ForgedMessageSerializer).AssemblyQualifiedName}}"
        akka.actor.serialization-bindings."{{typeof(ForgedMessage).AssemblyQualifiedName}}" = forged
        """));

    private ActorSystem _node = null!;
    private IActorRef _sink = null!;
    private ActorSelection _target = null!;

    public Task InitializeAsync() => StartAsync(HardeningProfile.Config.WithFallback(ClusterProfile.Config));

    public async Task DisposeAsync()
    {
        await _rogue.Terminate();
        await _node.Terminate();
    }

    [Fact]
    public async Task Object_of_any_type_is_not_built()
    {
        var built = Planted.Built;

        _target.Tell(new Planted());
        _target.Tell("after it");

        Assert.Equal(["Planted", "after it"], (await SeenAsync(2)).Select(seen => seen is RefusedPayload ? "Planted" : seen));
        Assert.Equal(built + 1, Planted.Built);
    }

    [Fact]
    public async Task Without_the_hardening_it_would_be_built()
    {
        await _node.Terminate();
        await StartAsync(Config.Empty);
        var built = Planted.Built;

        _target.Tell(new Planted());

        Assert.IsType<Planted>(Assert.Single(await SeenAsync(1)));
        Assert.Equal(built + 2, Planted.Built);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(22)]
    [InlineData(30)]
    [InlineData(36)]
    public async Task Type_that_a_message_names_is_not_even_looked_up(int serializer)
    {
        var assembly = $"Planted.Assembly{serializer}";
        var lookedUp = 0;
        AssemblyLoadContext.Default.Resolving += Resolve;
        try
        {
            var remote = await _target.ResolveOne(Patience);

            remote.Tell(new ForgedMessage(serializer, $"Planted.Type, {assembly}", []));
            remote.Tell("after it");

            await SeenAsync(1, seen => seen is "after it");
            Assert.Equal(0, Volatile.Read(ref lookedUp));
        }
        finally
        {
            AssemblyLoadContext.Default.Resolving -= Resolve;
        }

        Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        {
            if (name.Name == assembly)
                Interlocked.Increment(ref lookedUp);
            return null;
        }
    }

    [Fact]
    public void Messages_in_one_another_are_read_eight_deep_however_many_there_are()
    {
        var (serializer, manifest, bytes) = (4, "", new byte[] { 0 });
        for (var i = 0; i < 1_000; i++)
        {
            var payload = new ForgedMessage(serializer, manifest, bytes);
            object message = i % 2 == 0 ? new ActorSelectionMessage(payload, [new SelectParent()]) : new Identify(payload);
            var writer = _rogue.Serialization.FindSerializerFor(message);
            (serializer, manifest, bytes) = (writer.Identifier, Akka.Serialization.Serialization.ManifestFor(writer, message), writer.ToBinary(message));
        }

        var read = _node.Serialization.Deserialize(bytes, serializer, manifest);

        var depth = 0;
        for (; read is ActorSelectionMessage or Identify; depth++)
            read = read is ActorSelectionMessage selection ? selection.Message : ((Identify)read).MessageId;
        Assert.IsType<RefusedPayload>(read);
        Assert.Equal(8, depth);
    }

    // What reads messages in others, types by their names, or orders to stop, has to have been replaced: one that a later version of Akka brings too.
    [Fact]
    public void Every_serializer_of_a_hardened_node_is_one_of_ours_but_that_of_texts_and_numbers()
    {
        ClusterSharding.Get(_node);
        DistributedData.Get(_node);
        DistributedPubSub.Get(_node);
        ClusterClientReceptionist.Get(_node);
        Persistence.Instance.Apply(_node);
        var serializers = (IDictionary<int, Serializer>)typeof(Akka.Serialization.Serialization)
            .GetField("_serializersById", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(_node.Serialization)!;

        Assert.Superset(new HashSet<int>([5, 7, 9, 11, 12, 13, 14, 15]), serializers.Keys.ToHashSet());
        Assert.All(serializers, serializer => Assert.IsAssignableFrom<SerializerWithStringManifest>(serializer.Value));
        Assert.Equal(
            [typeof(PrimitiveSerializers)],
            serializers.Values.Select(serializer => serializer.GetType()).Where(type => !type.Namespace!.StartsWith("ActorWebhooks", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Failure_with_an_exception_of_any_type_is_not_built()
    {
        _target.Tell(new Status.Failure(new PlantedException()));
        _target.Tell("after it");

        Assert.Collection(await SeenAsync(2), seen => Assert.IsType<RefusedPayload>(seen), seen => Assert.Equal("after it", seen));
        Assert.Equal(0, PlantedException.Read);
    }

    [Fact]
    public async Task Nothing_from_another_node_stops_an_actor()
    {
        var remote = (IInternalActorRef)await _target.ResolveOne(Patience);

        remote.Tell(PoisonPill.Instance);
        remote.Tell(Kill.Instance);
        remote.SendSystemMessage(new Terminate());
        remote.SendSystemMessage(new Suspend());
        remote.SendSystemMessage(new Recreate(new PlantedException()));
        _target.Tell("after them");

        Assert.Equal("after them", (await SeenAsync(1, seen => seen is string))[0]);
    }

    [Fact]
    public async Task Death_of_an_actor_of_this_node_is_not_believed_from_another_one()
    {
        var parent = _node.ActorOf(Props.Create(() => new Parent()), "parent");
        var remote = (IInternalActorRef)await _rogue.ActorSelection($"{((ExtendedActorSystem)_node).Provider.DefaultAddress}/user/parent").ResolveOne(Patience);
        var child = await _rogue.ActorSelection(remote.Path / Parent.Child).ResolveOne(Patience);

        remote.SendSystemMessage(new DeathWatchNotification(child, existenceConfirmed: true, addressTerminated: false));
        remote.SendSystemMessage(new DeathWatchNotification(child, existenceConfirmed: true, addressTerminated: true));

        // Behind them on the same way.
        await remote.Ask<ActorIdentity>(new Identify(null), Patience);
        Assert.Equal((1, false), await parent.Ask<(int, bool)>(Parent.GetChildren, Patience));
    }

    [Fact]
    public async Task Actor_does_not_watch_what_another_node_tells_it_to()
    {
        var remote = (IInternalActorRef)await _target.ResolveOne(Patience);
        var bait = (IInternalActorRef)_rogue.ActorOf(Props.Create(() => new Sink()), "bait");

        remote.SendSystemMessage(new Watch(bait, remote));
        remote.SendSystemMessage(new DeathWatchNotification(bait, existenceConfirmed: true, addressTerminated: false));
        _target.Tell("after them");

        await SeenAsync(1, seen => seen is string);
        Assert.DoesNotContain(await SeenAsync(1), seen => seen is Terminated);
    }

    [Fact]
    public async Task Actor_is_not_deployed_from_another_node()
    {
        var built = Planted.Built;
        var address = ((ExtendedActorSystem)_node).Provider.DefaultAddress;

        _rogue.ActorOf(Props.Create(() => new PlantedActor()).WithDeploy(new Deploy(new RemoteScope(address))), "planted");
        _target.Tell("after it");

        await SeenAsync(1, seen => seen is string);
        Assert.Equal(built, Planted.Built);
    }

    [Fact]
    public async Task Death_watch_works_all_the_same()
    {
        var remote = await _target.ResolveOne(Patience);
        var told = new TaskCompletionSource();
        _rogue.ActorOf(Props.Create(() => new Watcher(remote, told)));
        await _target.Ask<ActorIdentity>(new Identify(null), Patience);
        await Task.WhenAny(told.Task, Task.Delay(TimeSpan.FromMilliseconds(300)));

        _node.Stop(_sink);

        await told.Task.WaitAsync(Patience);
    }

    private static Config Port(string more) => ConfigurationFactory.ParseString($$"""
        {{more}}
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """);

    private Task StartAsync(Config hardening)
    {
        _node = ActorSystem.Create("node", Port("akka.actor.provider = cluster").WithFallback(hardening));
        _sink = _node.ActorOf(Props.Create(() => new Sink()), "sink");
        _target = _rogue.ActorSelection($"{((ExtendedActorSystem)_node).Provider.DefaultAddress}/user/sink");
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<object>> SeenAsync(int count, Predicate<object>? which = null)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(20))
        {
            var seen = (await _sink.Ask<object[]>(Sink.GetSeen, Patience)).Where(seen => which?.Invoke(seen) ?? true).ToArray();
            if (seen.Length >= count)
                return seen;
            Assert.True(waited < Patience, $"{seen.Length} messages of {count} came.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private sealed class Planted
    {
        private static int _built;

        public Planted() => Interlocked.Increment(ref _built);

        public static int Built => Volatile.Read(ref _built);
    }

    private sealed class PlantedActor : UntypedActor
    {
        private readonly Planted _planted = new();

        protected override void OnReceive(object message) => Sender.Tell(_planted);
    }

    private sealed class Watcher : UntypedActor
    {
        private readonly TaskCompletionSource _told;

        public Watcher(IActorRef watched, TaskCompletionSource told)
        {
            _told = told;
            Context.Watch(watched);
        }

        protected override void OnReceive(object message)
        {
            if (message is Terminated)
                _told.TrySetResult();
        }
    }

    private sealed class Parent : UntypedActor
    {
        public const string Child = "child";
        public const string GetChildren = "children";

        private bool _isToldOfDeath;

        protected override void PreStart() => Context.Watch(Context.ActorOf(Props.Create(() => new Sink()), Child));

        protected override void OnReceive(object message)
        {
            _isToldOfDeath |= message is Terminated;
            if (message is GetChildren)
                Sender.Tell((Context.GetChildren().Count(), _isToldOfDeath));
        }
    }

    private sealed class Sink : UntypedActor
    {
        public const int GetSeen = 1;

        private readonly List<object> _seen = [];

        protected override void OnReceive(object message)
        {
            if (message is GetSeen)
                Sender.Tell(_seen.ToArray());
            else
                _seen.Add(message);
        }
    }
}
