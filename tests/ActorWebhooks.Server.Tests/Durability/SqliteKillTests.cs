using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

public sealed class SqliteKillTests(ITestOutputHelper output) : IDisposable
{
    private readonly Folder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public Task Server_that_is_killed_under_load_loses_nothing_keeps_the_order_and_repeats_only_what_was_in_flight() =>
        KillRun.SurvivesAsync(["--data", _data.Path], kills: 6, output);
}
