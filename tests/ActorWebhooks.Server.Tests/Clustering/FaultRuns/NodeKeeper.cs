using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>Starts a server again when it ends with 1, as a service manager does. A server that a test stops or kills is the test's own affair.</summary>
internal sealed class NodeKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public NodeKeeper(IReadOnlyList<KilledServer> nodes, ITestOutputHelper output) =>
        _work = Task.WhenAll(nodes.Select((node, i) => KeepAsync(node, i, output)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.Patiently();
        _stop.Dispose();
    }

    private async Task KeepAsync(KilledServer node, int number, ITestOutputHelper output)
    {
        try
        {
            while (true)
            {
                var process = node.Process;
                if (process.Exited.IsCompleted && process.ExitCode == 1)
                {
                    output.WriteLine($"node {number} ended with 1 and is started again");
                    node.Start();
                }

                await Task.Delay(Pause, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
