using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Stalls;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

/// <summary>Two servers by mistake on one SQLite file, without a cluster.</summary>
[Collection(TimedAlone.Name)]
public sealed class TwoServersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Server_that_started_last_goes_on_alone_and_nothing_is_lost_on_a_shared_SQLite_file()
    {
        using var file = new SharedSqliteFile();

        var report = await TwoServers.RunAsync(["--data", file.Path], ["--data", file.Path], output, file.HideLock);

        Assert.Empty(report.Problems);
    }
}
