using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Commands;

/// <summary>Where <c>run</c> keeps undelivered events.</summary>
public sealed class RunStoreTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Cli _cli = new();

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Data_folder_is_told_and_has_the_file()
    {
        await RunAsync($"Undelivered events are kept in {Path.Combine(Data, "webhooks.db")}. Ctrl-C stops.", "--data", Data);

        Assert.True(File.Exists(Path.Combine(Data, "webhooks.db")));
        Assert.False(File.Exists(Path.Combine(Data, "webhooks.db-wal")));
    }

    [Fact]
    public async Task Memory_is_told_and_leaves_nothing_behind()
    {
        await RunAsync("Undelivered events are kept in memory. Ctrl-C stops.", "--in-memory");

        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public async Task Second_node_on_a_data_folder_is_refused()
    {
        using var stop = new CancellationTokenSource();
        var run = _cli.RunAsync(stop.Token, "--urls", "http://127.0.0.1:0", "--data", Data);
        await _cli.Out.Shows("Try it");
        var second = new Cli();

        Assert.Equal(1, await second.RunAsync("--urls", "http://127.0.0.1:0", "--data", Data));

        Assert.Contains("is in use by another node", Assert.Single(second.Error.Lines), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Node_starts_without_its_postgres_says_so_and_keeps_the_password_to_itself()
    {
        await RunAsync(
            "It cannot be used now, so events are refused with 503 until it can: ",
            "--postgres",
            "Host=127.0.0.1;Port=1;Username=me;Password=hidden;Database=events");

        Assert.Contains("kept in PostgreSQL: database events at 127.0.0.1:1.", _cli.Out.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", _cli.Out.Text + _cli.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actor-webhooks.durable = off", "kept in memory")]
    [InlineData("actor-webhooks.journal.plugin = akka.persistence.journal.inmem", "kept in the journal akka.persistence.journal.inmem of the HOCON file")]
    [InlineData("actor-webhooks.journal.plugin = \"\", akka.persistence.journal.plugin = own, own.class = \"Akka.Persistence.Journal.MemoryJournal, Akka.Persistence\"", "kept in the default journal of the HOCON file")]
    [InlineData("akka.persistence.journal.sql.connection-string = \"Data Source=:memory:\"", "kept in the journal akka.persistence.journal.sql of the HOCON file")]
    public async Task Hocon_of_the_user_goes_over_the_profile_and_then_no_folder_is_made(string hocon, string words)
    {
        await RunAsync(words, "--data", Data, "--hocon", _folder.Write("node.conf", hocon));

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Hocon_of_the_user_may_change_a_setting_of_the_profile()
    {
        var hocon = _folder.Write("node.conf", "akka.persistence.journal.sql.batch-size = 64");

        await RunAsync("webhooks.db", "--data", Data, "--hocon", hocon);

        Assert.True(Directory.Exists(Data));
    }

    private async Task RunAsync(string words, params string[] args)
    {
        using var stop = new CancellationTokenSource();
        var run = _cli.RunAsync(stop.Token, ["--urls", "http://127.0.0.1:0", .. args]);
        await _cli.Out.Shows("Try it");
        await stop.CancelAsync();
        Assert.Equal(0, await run);
        Assert.Contains(words, _cli.Out.Text, StringComparison.Ordinal);
    }
}
