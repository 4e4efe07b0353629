using ActorWebhooks.Server.Storage.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class DatabaseGuardTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private string File => _database.File;

    public void Dispose() => _database.Dispose();

    [Fact]
    public void File_that_is_written_to_is_intact()
    {
        using var connection = _database.Connect();
        connection.Read("CREATE TABLE t (a)");
        for (var i = 0; i < 100; i++)
        {
            connection.Read("INSERT INTO t VALUES (randomblob(100000))");
            _database.Guard.ThrowIfLost();
        }

        connection.Read("PRAGMA wal_checkpoint(TRUNCATE)");

        Assert.Equal(FileFate.Intact, _database.Guard.Look());
        _database.Guard.ThrowIfLost();
    }

    [Fact]
    public void File_that_is_moved_is_told_from_one_that_is_deleted()
    {
        System.IO.File.Move(File, $"{File}.away");
        Assert.Equal(FileFate.Moved, Thrown());

        System.IO.File.Delete($"{File}.away");

        Assert.Equal(FileFate.Deleted, _database.Guard.Look());
        Assert.Equal(FileFate.Deleted, Thrown());
    }

    [Fact]
    public void File_in_whose_place_another_is_was_exchanged_or_replaced()
    {
        System.IO.File.Move(File, $"{File}.away");
        System.IO.File.Move(_database.MakeOther(), File);
        Assert.Equal(FileFate.Exchanged, Thrown());

        System.IO.File.Delete($"{File}.away");

        Assert.Equal(FileFate.Replaced, _database.Guard.Look());
    }

    [Fact]
    public void File_that_came_back_is_used_only_when_that_was_found_to_be_safe()
    {
        System.IO.File.Move(File, $"{File}.away");
        Assert.Equal(FileFate.Moved, Thrown());
        System.IO.File.Move($"{File}.away", File);

        Assert.Equal(FileFate.Intact, _database.Guard.Look());
        Assert.Equal(FileFate.Moved, Thrown());
        _database.Guard.GoOn();

        _database.Guard.ThrowIfLost();
    }

    [Fact]
    public void Write_ahead_log_that_is_deleted_or_replaced_is_gone()
    {
        System.IO.File.Move($"{File}-wal", $"{File}.away");
        Assert.Equal(FileFate.LogGone, Thrown());

        System.IO.File.Copy($"{File}.away", $"{File}-wal");
        Assert.Equal(FileFate.LogGone, _database.Guard.Look());
    }

    [Fact]
    public void Another_database_that_is_copied_over_it_is_noticed()
    {
        CopyOver(System.IO.File.ReadAllBytes(_database.MakeOther()));

        Assert.Equal(FileFate.Overwritten, _database.Guard.Look());
        Assert.Equal(FileFate.Overwritten, Thrown());
    }

    [Fact]
    public void Older_copy_of_the_same_database_that_is_copied_over_it_is_noticed()
    {
        var old = Copy();
        using (var connection = _database.Connect())
        {
            connection.Read("CREATE TABLE t (a)");
            connection.Read("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using var guard = new DatabaseGuard(File);
        Assert.Equal(FileFate.Intact, guard.Look());

        CopyOver(old);

        Assert.Equal(FileFate.Overwritten, guard.Look());
    }

    private FileFate Thrown() => Assert.Throws<DatabaseLostException>(_database.Guard.ThrowIfLost).Fate;

    // Not by ReadAllBytes, whose end would drop the locks that SQLite has on the file.
    private byte[] Copy()
    {
        using var connection = _database.Connect();
        connection.Read("VACUUM INTO $file", ("$file", $"{File}.copy"));
        return System.IO.File.ReadAllBytes($"{File}.copy");
    }

    private void CopyOver(byte[] content)
    {
        using var into = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        into.SetLength(0);
        into.Write(content);
    }
}
