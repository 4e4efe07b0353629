using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

[Collection(OnePostgres.Name)]
public sealed class PostgresTests(ITestOutputHelper output)
{
    private const int Requests = 50;

    [PostgresFact]
    public async Task Server_that_is_killed_under_load_loses_nothing_keeps_the_order_and_repeats_only_what_was_in_flight()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await KillRun.SurvivesAsync(["--postgres", database.ConnectionString], output);
    }

    [PostgresFact]
    public async Task Row_that_names_another_serializer_builds_nothing_and_is_a_damaged_row_like_others()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await ForeignRows.AreDamagedAndBuildNothingAsync(
            ["--postgres", database.ConnectionString],
            () => database.RowsOfAsync(Endpoints.Down),
            (row, identifier, manifest, message) => database.ReplaceAsync(Endpoints.Down, row, identifier, manifest, message));
    }

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
