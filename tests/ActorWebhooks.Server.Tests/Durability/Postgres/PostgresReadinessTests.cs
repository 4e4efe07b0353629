using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

[Collection(StopsPostgres.Name)]
public sealed class PostgresReadinessTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Node_without_traffic_is_not_ready_while_PostgreSQL_is_down_and_ready_again_by_itself_and_lives_throughout()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await ReadinessRun.NodeIsNotReadyMeanwhileAsync(
            ["--postgres", database.ConnectionString],
            output,
            _ => TestPostgres.StopAsync(),
            _ => TestPostgres.StartAsync());
    }

    [PostgresFact]
    public async Task Node_without_traffic_is_not_ready_while_PostgreSQL_hangs_and_ready_again_by_itself_and_lives_throughout()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await ReadinessRun.NodeIsNotReadyMeanwhileAsync(
            ["--postgres", database.ConnectionString],
            output,
            _ => TestPostgres.HangAsync(),
            _ => TestPostgres.ContinueAsync());
    }
}
