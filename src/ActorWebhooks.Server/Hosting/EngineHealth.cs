using ActorWebhooks.Server.Api.Health;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The engine is ready from when it has started until it stops.</summary>
internal sealed class EngineHealth(ActorSystem system, IReadOnlyActorRegistry registry) : INodeHealth
{
    public NodeHealth Check() =>
        CoordinatedShutdown.Get(system).ShutdownReason is not null ? NodeHealth.NotReady("The node is stopping.")
        : !registry.TryGet<WebhookRouter>(out _) ? NodeHealth.NotReady("The node is starting.")
        : NodeHealth.Ready;
}
