using ActorWebhooks.Server.Api.Health;
using ActorWebhooks.Server.Storage;

namespace ActorWebhooks.Server.Hosting;

/// <summary>A node is not ready while its store knows that it can be neither read nor written.</summary>
internal sealed class StoreHealth(EventStore store) : INodeHealth
{
    public ValueTask<NodeHealth> CheckAsync() =>
        ValueTask.FromResult(store.Unusable is { } reason ? NodeHealth.NotReady(reason) : NodeHealth.Ready);
}
