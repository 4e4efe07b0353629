using System.Diagnostics;
using System.Net;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>The database file of a real server is taken away while it runs.</summary>
public sealed class LostFileTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    public enum Loss
    {
        Deleted,
        FolderDeleted,
        Renamed,
        FolderRenamed,
        Exchanged,
        Replaced,
        LogDeleted,
        Overwritten,
    }

    [Fact]
    public async Task File_that_is_moved_away_takes_no_event_and_is_used_again_when_it_is_back()
    {
        await using var run = await FileRun.StartAsync();

        foreach (var loss in new[] { Loss.Renamed, Loss.FolderRenamed, Loss.Exchanged })
        {
            await run.AcceptAsync(10);
            Bring(loss, run);
            await RefusesAsync(run, loss == Loss.Exchanged ? "was replaced" : "was moved away");
            Undo(loss, run);
            await Patience.Until(run.PostAsync, status => status == HttpStatusCode.Accepted);
            Assert.True((await run.HealthAsync()).IsReady);
        }

        Assert.Equal(run.Accepted, await run.DeliveredAsync());
    }

    [Fact]
    public async Task What_was_accepted_before_the_file_was_deleted_is_delivered_by_the_next_run()
    {
        await using var run = await FileRun.StartAsync();
        await run.AcceptAsync(50);

        Bring(Loss.Deleted, run);
        await RefusesAsync(run, "was deleted");
        await Saved(run);
        await run.Server.KillAsync();
        await run.RestartAsync();
        await run.AcceptAsync(1);

        Assert.Equal(run.Accepted, await run.DeliveredAsync());
    }

    [Fact]
    public async Task Node_that_is_stopped_at_once_after_its_folder_was_deleted_saves_what_was_accepted()
    {
        await using var run = await FileRun.StartAsync();
        await run.AcceptAsync(50);

        Bring(Loss.FolderDeleted, run);
        await run.Server.StopAsync();
        await run.RestartAsync();

        Assert.Equal(run.Accepted, await run.DeliveredAsync());
    }

    [Fact]
    public async Task What_was_accepted_before_the_write_ahead_log_was_deleted_survives_a_kill()
    {
        await using var run = await FileRun.StartAsync();
        await run.AcceptAsync(50);

        Bring(Loss.LogDeleted, run);
        await RefusesAsync(run, "was taken away");
        await Saved(run);
        await run.Server.KillAsync();
        await run.RestartAsync();
        // Nothing needs the index of the log but programs that begin to use the database.
        File.Delete($"{run.Database}-shm");
        await run.AcceptAsync(10);
        await run.Server.KillAsync();
        await run.RestartAsync();

        Assert.Equal(run.Accepted, await run.DeliveredAsync());
    }

    [Theory]
    [InlineData(Loss.Replaced)]
    [InlineData(Loss.Overwritten)]
    public async Task Node_that_gets_no_events_notices_the_loss_too_and_is_not_ready(Loss loss)
    {
        await using var run = await FileRun.StartAsync();
        await run.AcceptAsync(3);
        var since = Stopwatch.GetTimestamp();

        Bring(loss, run);

        await Patience.Until(run.HealthAsync, health => !health.IsReady);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, Promised);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await run.PostAsync());
    }

    // Not even the first event after the loss is accepted.
    private static async Task RefusesAsync(FileRun run, string words)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await run.PostAsync());
        var health = await run.HealthAsync();
        Assert.False(health.IsReady);
        Assert.Contains(words, health.Words, StringComparison.Ordinal);
        await Patience.Until(() => Task.FromResult(run.Server.Errors), errors => errors.Contains("Events are refused", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await run.PostAsync());
    }

    private static Task<string> Saved(FileRun run) => Patience.Until(
        () => Task.FromResult(run.Server.Errors), errors => errors.Contains("Everything that was accepted is in", StringComparison.Ordinal));

    private static void Bring(Loss loss, FileRun run)
    {
        var (file, data) = (run.Database, run.Data);
        switch (loss)
        {
            case Loss.Deleted:
                File.Delete(file);
                break;
            case Loss.FolderDeleted:
                Directory.Delete(data, recursive: true);
                break;
            case Loss.Renamed:
                File.Move(file, $"{file}.away");
                break;
            case Loss.FolderRenamed:
                Directory.Move(data, $"{data}.away");
                break;
            case Loss.Exchanged:
                MakeOther($"{file}.other");
                File.Move(file, $"{file}.away");
                File.Move($"{file}.other", file);
                break;
            case Loss.Replaced:
                MakeOther($"{file}.other");
                File.Move($"{file}.other", file, overwrite: true);
                break;
            case Loss.LogDeleted:
                File.Delete($"{file}-wal");
                break;
            case Loss.Overwritten:
                MakeOther($"{file}.other");
                var other = File.ReadAllBytes($"{file}.other");
                using (var into = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    into.SetLength(0);
                    into.Write(other);
                }

                break;
        }
    }

    private static void Undo(Loss loss, FileRun run)
    {
        if (loss == Loss.FolderRenamed)
            Directory.Move($"{run.Data}.away", run.Data);
        else
            File.Move($"{run.Database}.away", run.Database, overwrite: true);
    }

    private static void MakeOther(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE other (a); INSERT INTO other VALUES (1)";
        command.ExecuteNonQuery();
    }
}
