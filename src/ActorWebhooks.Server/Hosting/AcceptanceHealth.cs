using ActorWebhooks.Readiness;
using ActorWebhooks.Server.Api.Health;
using Akka.Actor;

namespace ActorWebhooks.Server.Hosting;

/// <summary>A node is not ready while one of its parts says that it cannot accept events.</summary>
internal sealed class AcceptanceHealth(ActorSystem system) : INodeHealth
{
    public ValueTask<NodeHealth> CheckAsync() =>
        ValueTask.FromResult(new NodeHealth { Reasons = NodeReadiness.Get(system).ReadReasons() });
}
