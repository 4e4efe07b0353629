using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Stalls;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

/// <summary>Two servers by mistake on one PostgreSQL, without a cluster.</summary>
[Collection(TimedAlone.Name)]
public sealed class TwoServersOnPostgresTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Server_that_started_last_goes_on_alone_and_nothing_is_lost()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        string[] store = ["--postgres", database.ConnectionString];

        var report = await TwoServers.RunAsync(store, store, output);

        Assert.Empty(report.Problems);
    }
}
