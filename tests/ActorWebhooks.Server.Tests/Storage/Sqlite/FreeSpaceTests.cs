using System.Diagnostics;
using ActorWebhooks.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class FreeSpaceTests : IDisposable
{
    private const int RowBytes = 1_000_000;

    private readonly TestDatabase _database = new();
    private readonly FreeSpace _space;

    public FreeSpaceTests() => _space = new FreeSpace(_database.Guard);

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Space_that_a_backlog_took_is_given_back_while_the_file_is_open()
    {
        using var connection = _database.Connect();
        Fill(connection, rows: 150);
        connection.Read("INSERT INTO t (b) VALUES ('last')");
        connection.Read("DELETE FROM t WHERE b IS NULL");
        connection.Read("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(new FileInfo(_database.File).Length > 150 * RowBytes);

        Work();

        Assert.True(new FileInfo(_database.File).Length < FreeSpace.KeptBytes);
        Assert.Equal("last", connection.Read("SELECT b FROM t"));
        Assert.Equal("ok", connection.Read("PRAGMA integrity_check"));
    }

    [Fact]
    public void Nothing_is_given_back_while_rows_are_being_deleted()
    {
        using var connection = _database.Connect();
        Fill(connection, rows: 150);
        for (var row = 1; row <= 140; row += 10)
        {
            connection.Read($"DELETE FROM t WHERE rowid BETWEEN {row} AND {row + 9}");
            Assert.Null(_space.Step());
        }

        Assert.NotNull(_space.Step());
    }

    [Fact]
    public void Little_free_space_stays_for_the_next_backlog()
    {
        using var connection = _database.Connect();
        Fill(connection, rows: 40);
        connection.Read("DELETE FROM t");
        connection.Read("PRAGMA wal_checkpoint(TRUNCATE)");

        Work();

        Assert.True(new FileInfo(_database.File).Length > 40 * RowBytes);
    }

    [Fact]
    public void Long_write_ahead_log_is_cut_when_the_journal_rests()
    {
        using var connection = _database.Connect();
        connection.Read("BEGIN");
        connection.Read("SELECT count(*) FROM sqlite_schema");
        using var other = _database.Connect();
        Fill(other, rows: 40);
        connection.Read("COMMIT");

        Assert.True(_database.Guard.LogBytes > FreeSpace.LogBytes);
        Work();

        Assert.Equal(0, _database.Guard.LogBytes);
    }

    private static void Fill(SqliteConnection connection, int rows)
    {
        connection.Read("CREATE TABLE t (a, b)");
        for (var i = 0; i < rows; i++)
            connection.Read($"INSERT INTO t (a) VALUES (zeroblob({RowBytes}))");
    }

    private void Work()
    {
        // At the first look it is not known yet whether the free space is still growing.
        Assert.Null(_space.Step());
        var since = Stopwatch.GetTimestamp();
        while (_space.Step() is not null)
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60));
    }
}
