using ActorWebhooks.Server.Storage;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Has the store looked after from when the node starts. The store ends it, after everything that uses it.</summary>
internal sealed class StoreUpkeep(EventStore store, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.StartUpkeep(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
