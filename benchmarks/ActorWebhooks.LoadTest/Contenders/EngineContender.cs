using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>This engine: an event is made of the object and told to the router.</summary>
/// <param name="isSourceGenerated">Whether the JSON metadata of the object is source-generated, or found by reflection.</param>
internal sealed class EngineContender(bool isSourceGenerated) : IContender
{
    private const string Hocon = """
        akka { loglevel = WARNING, stdout-loglevel = WARNING, log-dead-letters = off }
        actor-webhooks { max-event-bytes = 1MiB, outbox { max-bytes = 1GiB, max-node-bytes = 4GiB } }
        """;

    private ActorSystem _system = null!;
    private IActorRef _router = null!;

    public async Task StartAsync(Target target)
    {
        _system = ActorSystem.Create("load", ConfigurationFactory.ParseString(Hocon));
        _router = Webhooks.Start(_system, new WebhooksOptions { ConfigText = EngineToml.Of(target) });

        // An event that nobody hears is through when all webhooks have been started.
        await Webhooks.CreatePublisher(_router).PublishAsync(WebhookEvent.FromJson("nobody.hears", "{}"u8));
    }

    public ValueTask SendAsync(string type, SignIn data)
    {
        _router.Tell(
            isSourceGenerated ? WebhookEvent.Create(type, data, SignInJson.Default.SignIn) : WebhookEvent.Create(type, data),
            ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
