using System.Buffers;
using System.Globalization;
using ActorWebhooks.Actors;
using ActorWebhooks.LoadTest.Receiving;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>
/// The same cluster with sharding alone: the same events, made in the same way, to entities that only count. Nothing is kept, answered,
/// sent again, put in an outbox or into a request.
/// </summary>
/// <param name="eventsPerEnvelope">How many of one entity are gathered before they go.</param>
internal sealed class ShardingContender(int eventsPerEnvelope) : IReceivingContender
{
    private const string TypeName = "counting";

    private readonly Dictionary<string, Entity> _entities = new(StringComparer.Ordinal);
    private ClusterPair? _nodes;
    private IActorRef _region = null!;

    public OrderedArrivals Arrivals { private get; set; } = null!;

    public async Task StartAsync(Target target)
    {
        for (var tenant = 0; tenant < target.Webhooks.Tenants; tenant++)
            _entities.Add(SignIn.TypeOf(tenant), new Entity(tenant.ToString(CultureInfo.InvariantCulture)));
        _nodes = await ClusterPair.StartAsync(EnvelopeSerializer.Hocon);
        await ClusterSharding.Get(_nodes.Host).StartAsync(
            TypeName,
            id => ActorFactory.Props(() => new CountingEntity(id, Arrivals)),
            ClusterShardingSettings.Create(_nodes.Host).WithRole(ClusterPair.HostRole),
            new EnvelopeExtractor());
        _region = await ClusterSharding.Get(_nodes.Sender).StartProxyAsync(TypeName, ClusterPair.HostRole, new EnvelopeExtractor());
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        var e = WebhookEvent.Create(type, data, SignInJson.Default.SignIn);
        var entity = _entities[type];
        if (eventsPerEnvelope == 1)
        {
            _region.Tell(Envelope.Create(entity.Id, e.Encoded), ActorRefs.NoSender);
            return ValueTask.CompletedTask;
        }

        entity.Gathered.Write(e.Encoded);
        if (++entity.Count == eventsPerEnvelope)
            Send(entity);
        return ValueTask.CompletedTask;
    }

    public void Flush()
    {
        foreach (var entity in _entities.Values.Where(entity => entity.Count > 0))
            Send(entity);
    }

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
    }

    private void Send(Entity entity)
    {
        _region.Tell(Envelope.Create(entity.Id, entity.Gathered.WrittenSpan), ActorRefs.NoSender);
        entity.Gathered.ResetWrittenCount();
        entity.Count = 0;
    }

    private sealed class Entity(string id)
    {
        public string Id => id;

        public ArrayBufferWriter<byte> Gathered { get; } = new();

        public int Count { get; set; }
    }
}
