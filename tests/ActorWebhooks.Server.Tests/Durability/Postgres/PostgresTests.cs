using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

public sealed class PostgresTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Server_that_is_killed_under_load_loses_nothing_keeps_the_order_and_repeats_only_what_was_in_flight()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await KillRun.SurvivesAsync(["--postgres", database.ConnectionString], kills: 6, output);
    }

    [PostgresFact]
    public async Task Row_that_names_another_serializer_builds_nothing_and_is_a_damaged_row_like_others()
    {
        await using var database = await PostgresDatabase.CreateAsync();

        await ForeignRows.AreDamagedAndBuildNothingAsync(
            ["--postgres", database.ConnectionString],
            () => database.RowsOfAsync(Endpoints.Down),
            (row, identifier, manifest, message) => database.ReplaceAsync(Endpoints.Down, row, identifier, manifest, message),
            longestManifest: 500);
    }
}
