using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

public sealed class InMemoryKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Server_that_is_not_killed_breaks_no_rule_and_repeats_nothing()
    {
        var findings = await KillRun.RunAsync(["--in-memory"], kills: 0, output);

        Assert.Empty(findings.Broken);
        Assert.Equal(0, findings.Repeats);
    }

    [Fact]
    public async Task Killed_server_that_keeps_its_events_in_memory_is_found_to_lose_them()
    {
        var findings = await KillRun.RunAsync(["--in-memory"], kills: 4, output);

        Assert.Contains(findings.Broken, text => text.StartsWith("down lost events", StringComparison.Ordinal));
        Assert.Contains(findings.Broken, text => text.StartsWith("Before the endpoint came up down lost events", StringComparison.Ordinal));
    }
}
