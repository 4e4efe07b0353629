using ActorWebhooks.Server.Storage.Sqlite;
using SQLitePCL;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class StartFaultTests
{
    private const string File = "/data/webhooks.db";

    [Theory]
    [InlineData(raw.SQLITE_FULL, nameof(DiskFault.None), "The disk of /data is full.")]
    [InlineData(raw.SQLITE_IOERR, nameof(DiskFault.Full), "The disk of /data is full.")]
    [InlineData(raw.SQLITE_IOERR, nameof(DiskFault.Limit), "/data/webhooks.db may not become larger:")]
    [InlineData(raw.SQLITE_READONLY, nameof(DiskFault.ReadOnly), "/data is on a file system that is read-only.")]
    [InlineData(raw.SQLITE_CANTOPEN, nameof(DiskFault.Denied), "/data cannot hold the events: the user ")]
    [InlineData(raw.SQLITE_BUSY, nameof(DiskFault.None), "/data/webhooks.db is held by another program.")]
    [InlineData(raw.SQLITE_IOERR, nameof(DiskFault.None), "/data cannot hold the events: disk I/O error.")]
    public void Fault_of_the_disk_is_named_and_the_file_is_not_to_be_moved_away(int code, string disk, string words)
    {
        var said = StartFault.Explain(code, "disk I/O error", "/data", File, Enum.Parse<DiskFault>(disk));

        Assert.StartsWith(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Move it away", said, StringComparison.Ordinal);
        Assert.Contains("--data DIR", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(raw.SQLITE_NOTADB)]
    [InlineData(raw.SQLITE_CORRUPT)]
    public void Only_a_file_that_is_no_good_is_to_be_moved_away(int code) =>
        Assert.Contains("Move it away", StartFault.Explain(code, "no", "/data", File, DiskFault.None), StringComparison.Ordinal);
}
