using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

/// <summary>Two servers by mistake on one database, without a cluster.</summary>
[Collection(OnePostgres.Name)]
public sealed class TwoServersTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Server_that_started_last_goes_on_alone_and_nothing_is_lost_on_PostgreSQL()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        string[] store = ["--postgres", database.ConnectionString];

        Assert.Empty((await TwoServers.RunAsync(store, store, output)).Problems);
    }

    [Fact]
    public async Task Server_that_started_last_goes_on_alone_and_nothing_is_lost_on_a_shared_SQLite_file()
    {
        using var file = new SharedSqliteFile();

        Assert.Empty((await TwoServers.RunAsync(["--data", file.First], ["--data", file.Second], output)).Problems);
    }
}
