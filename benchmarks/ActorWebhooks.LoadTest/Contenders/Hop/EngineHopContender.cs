using ActorWebhooks.LoadTest.Receiving;
using Akka.Actor;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>This engine in a cluster of two: events are told to the router of one node, their webhooks live on the other.</summary>
internal sealed class EngineHopContender : IReceivingContender
{
    private readonly EngineRefusals _refusals = new();
    private ClusterPair? _nodes;
    private IActorRef _router = null!;

    public OrderedArrivals Arrivals { private get; set; } = null!;

    public async Task StartAsync(Target target)
    {
        _nodes = await ClusterPair.StartAsync();
        ShardedWebhooks.Start(_nodes.Host, Options());
        _router = ShardedWebhooks.Start(_nodes.Sender, Options());

        ShardedWebhooksOptions Options() => new()
        {
            ConfigText = EngineToml.Of(target with { SignatureKey = "" }),
            Role = ClusterPair.HostRole,
            HttpHandlerOf = _ => new InMemoryEndpoint(Arrivals),
        };
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        _router.Tell(WebhookEvent.Create(type, data, SignInJson.Default.SignIn), ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    public int TakeRefused() => _refusals.Take();

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
        _refusals.Dispose();
    }
}
