using System.Diagnostics;
using ActorWebhooks.Actors;
using ActorWebhooks.Routing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Routing;

/// <summary>A webhook file on a disk that does not answer: a named pipe that nobody writes to.</summary>
public sealed class SlowConfigurationTests : Akka.TestKit.Xunit2.TestKit
{
    private const int Asked = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task File_that_cannot_be_read_holds_no_thread_of_the_pool_and_answers_all_who_asked_once_it_can()
    {
        var file = Path.Combine(_folder.FullName, "webhooks.toml");
        using (var pipe = Process.Start("mkfifo", [file]))
            await pipe.WaitForExitAsync();
        var parent = CreateTestProbe();
        var reader = parent.ChildActorOf(ActorFactory.Props(() => new ConfigurationActor(file, TimeSpan.FromMinutes(1))));
        var threads = ThreadPool.ThreadCount;
        for (var i = 0; i < Asked; i++)
            reader.Tell(ReloadWebhooks.Instance);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => { })));
        Assert.InRange(ThreadPool.ThreadCount, 0, threads + 8);
        await parent.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        // The first reading ends with the pipe; the second is of the file that took its place.
        var whole = Path.Combine(_folder.FullName, "whole.toml");
        await File.WriteAllTextAsync(whole, "[webhook.audit]\nurl = \"http://127.0.0.1:9/\"\nevents = \"*\"\n");
        using (File.OpenHandle(file, FileMode.Open, FileAccess.Write))
            File.Move(whole, file, overwrite: true);
        for (var i = 0; i < Asked - 1; i++)
            await parent.ExpectMsgAsync<ConfigurationRead>(TimeSpan.FromSeconds(10));
        Assert.Single((await parent.ExpectMsgAsync<ConfigurationRead>(TimeSpan.FromSeconds(10))).Result.Webhooks);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Delete(recursive: true);
    }
}
