using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.Space;

public sealed class SqliteSpaceTests
{
    private const int Megabytes = 120;

    [Fact]
    public async Task Backlog_that_was_delivered_gives_its_space_back_while_the_server_runs()
    {
        using var data = new Folder();
        await using var run = await BacklogRun.StartAsync("--data", data.Path);
        await run.GatherAsync(Megabytes);
        Assert.InRange(SizeOf(data), Megabytes * 1_000_000L / 2, long.MaxValue);

        await run.DeliverAsync();

        await Patience.Until(() => Task.FromResult(SizeOf(data)), size => size <= FreeSpace.KeptBytes + FreeSpace.LogBytes);
    }

    private static long SizeOf(Folder data) => new DirectoryInfo(data.Path).GetFiles().Sum(file => file.Length);
}
