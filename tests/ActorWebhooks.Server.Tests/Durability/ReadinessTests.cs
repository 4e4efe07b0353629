using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

public sealed class ReadinessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Node_without_traffic_is_not_ready_while_its_disk_is_full_and_ready_again_by_itself_and_lives_throughout()
    {
        using var data = new Folder();

        await ReadinessRun.NodeIsNotReadyMeanwhileAsync(
            ["--data", data.Path],
            output,
            server => server.LimitFilesAsync(Directory.GetFiles(data.Path).Max(file => new FileInfo(file).Length)),
            server => server.LimitFilesAsync(null));
    }
}
