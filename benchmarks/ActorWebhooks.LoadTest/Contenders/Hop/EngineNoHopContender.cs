using ActorWebhooks.LoadTest.Receiving;
using Akka.Actor;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>The same webhooks on a node by itself.</summary>
internal sealed class EngineNoHopContender : IReceivingContender
{
    private readonly EngineRefusals _refusals = new();
    private ActorSystem? _system;
    private IActorRef _router = null!;

    public OrderedArrivals Arrivals { private get; set; } = null!;

    public Task StartAsync(Target target)
    {
        _system = ActorSystem.Create("load", "akka { loglevel = WARNING, stdout-loglevel = WARNING }");
        _router = Webhooks.Start(_system, new WebhooksOptions
        {
            ConfigText = EngineToml.Of(target with { SignatureKey = "" }),
            HttpHandlerOf = _ => new InMemoryEndpoint(Arrivals),
        });
        return Task.CompletedTask;
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        _router.Tell(WebhookEvent.Create(type, data, SignInJson.Default.SignIn), ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    public int TakeRefused() => _refusals.Take();

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.Terminate();
        _refusals.Dispose();
    }
}
