using ActorWebhooks.Server.Commands;
using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Durability.DatabaseFile;

/// <summary>A real server is started on a disk that takes nothing.</summary>
public sealed class StartOnBadDiskTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [MountTheory]
    [InlineData("size=8k", "The disk of {0} is full. Make room")]
    [InlineData("ro", "{0} is on a file system that is read-only. Mount it for writing")]
    public async Task Disk_that_is_full_or_read_only_is_called_that(string options, string words)
    {
        await Mounts.AddAsync(_folder.Path, options);
        try
        {
            await IsRefusedAsync(words);
        }
        finally
        {
            await Mounts.RemoveAsync(_folder.Path);
        }
    }

    [MountFact]
    public async Task Disk_that_has_become_full_is_called_that_and_the_node_starts_when_it_has_room()
    {
        await Mounts.AddAsync(_folder.Path, "size=1m");
        try
        {
            using (var store = new SqliteStore(_folder.Path))
                store.Open();
            var filler = Path.Combine(_folder.Path, "filler");
            Fill(filler);
            await IsRefusedAsync("The disk of {0} is full. Make room");

            File.Delete(filler);

            using var server = new ServerProcess(["--data", _folder.Path]);
            Assert.NotNull(await server.Url.Patiently());
        }
        finally
        {
            await Mounts.RemoveAsync(_folder.Path);
        }
    }

    [Fact]
    public async Task Limit_of_the_size_of_files_is_called_that()
    {
        // .NET maps memory from a file that would be larger.
        await IsRefusedAsync("{1} may not become larger: ", ("DOTNET_EnableWriteXorExecute", "0"), (ServerProcess.FileLimitVariable, "8"));
    }

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // This is the end of the disk.
        }
    }

    private async Task IsRefusedAsync(string words, params (string Name, string Value)[] variables)
    {
        using var server = new ServerProcess(["--data", _folder.Path], variables);

        await server.Exited.Patiently();

        Assert.Equal(ExitCode.Failed, server.ExitCode);
        Assert.Contains(string.Format(null, words, _folder.Path, Path.Combine(_folder.Path, "webhooks.db")), server.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Move it away", server.Error.Text, StringComparison.Ordinal);
    }
}
