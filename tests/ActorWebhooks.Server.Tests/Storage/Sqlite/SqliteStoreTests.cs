using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Opened_store_is_a_file_with_a_write_ahead_log_in_a_folder_that_it_creates()
    {
        using var store = new SqliteStore(Path.Combine(_folder.Path, "a", "b"));

        store.Open();

        Assert.Equal(Path.Combine(_folder.Path, "a", "b", "webhooks.db"), store.File);
        Assert.Equal("wal", Read(store, "PRAGMA journal_mode"));
        Assert.Equal(8192L, Read(store, "PRAGMA page_size"));
        Assert.Equal(2L, Read(store, "PRAGMA auto_vacuum"));
    }

    [Fact]
    public void Only_their_owner_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.Combine(_folder.Path, "data");
        using (var first = new SqliteStore(folder))
            first.Open();
        // As an older run, or another program, may have left it.
        File.SetUnixFileMode(Path.Combine(folder, "webhooks.db"), (UnixFileMode)0b110_110_100);

        using var store = new SqliteStore(folder);
        store.Open();
        using var connection = Connect(store);
        Execute(connection, "CREATE TABLE t (a)");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        var files = Directory.GetFiles(folder);
        Assert.Contains($"{store.File}-wal", files);
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Folder_that_every_user_may_write_to_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherWrite);
        using var store = new SqliteStore(_folder.Path);

        Assert.Contains("chmod o-w", Assert.Throws<RefusedException>(store.Open).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("webhooks.db")]
    [InlineData("webhooks.db-wal")]
    [InlineData("webhooks.lock")]
    [InlineData("webhooks.rescued.db")]
    [InlineData("webhooks.rescued.db.unfinished")]
    [InlineData("webhooks.probe")]
    public void Link_in_the_place_of_a_file_is_refused_and_what_it_leads_to_is_untouched(string name)
    {
        var elsewhere = _folder.Write("elsewhere", "mine");
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, name), elsewhere);
        using var store = new SqliteStore(folder);

        Assert.Contains("is a link", Assert.Throws<RefusedException>(store.Open).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/.")]
    [InlineData("/./")]
    public void Link_in_the_place_of_the_folder_is_refused_however_it_is_written(string end)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        var link = Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), folder).FullName;
        using var store = new SqliteStore(link + end);

        Assert.Contains($"Name the folder itself with --data: {folder}", Assert.Throws<RefusedException>(store.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_store_of_a_folder_is_refused_until_the_first_is_closed()
    {
        using var first = new SqliteStore(_folder.Path);
        using var second = new SqliteStore(_folder.Path);
        first.Open();

        var refusal = Assert.Throws<RefusedException>(second.Open);
        first.Dispose();
        second.Open();

        Assert.Equal(
            $"{_folder.Path} is in use by another node. Stop that one, or give this one a folder of its own with --data DIR.", refusal.Message);
    }

    [Fact]
    public void Place_where_no_folder_can_be_is_refused()
    {
        using var store = new SqliteStore(_folder.Write("file", ""));

        var refusal = Assert.Throws<RefusedException>(store.Open);

        Assert.Contains("cannot hold the events", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("or keep events in memory with --in-memory.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_a_database_is_refused_and_left_as_it_is()
    {
        var text = new string('x', 4096);
        var file = _folder.Write("webhooks.db", text);
        using var store = new SqliteStore(_folder.Path);

        var refusal = Assert.Throws<RefusedException>(store.Open);

        Assert.StartsWith($"{file} cannot be used: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file));
    }

    private static SqliteConnection Connect(SqliteStore store)
    {
        var connection = new SqliteConnection($"Data Source={store.File};Pooling=False");
        connection.Open();
        return connection;
    }

    private static object? Read(SqliteStore store, string sql)
    {
        using var connection = Connect(store);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
