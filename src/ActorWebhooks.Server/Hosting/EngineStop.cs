using Akka.Actor;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// Stops the engine before the web server: while webhooks deliver the last of what they hold, the demo receiver still answers, and
/// the API refuses new events with 503 instead of a closed door.
/// </summary>
internal sealed class EngineStop(ActorSystem system) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
