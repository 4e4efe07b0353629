using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

[Collection(StopsPostgres.Name)]
public sealed class PostgresDownTests(ITestOutputHelper output)
{
    private const int Requests = 50;

    [PostgresFact]
    public async Task Server_refuses_events_while_PostgreSQL_is_down_and_goes_on_by_itself_having_lost_nothing()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        var findings = await LoadRun.RunAsync(["--postgres", database.ConnectionString], output, async (traffic, _) =>
        {
            await traffic.AcceptsAsync(Requests);
            await TestPostgres.StopAsync();
            try
            {
                await traffic.RefusesAsync();
            }
            finally
            {
                await TestPostgres.StartAsync();
            }
        });

        Assert.Empty(findings.Broken);
        Assert.NotEqual(0, findings.Refusals);
    }
}
