using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Routing;

/// <summary>A webhook file on a disk that does not answer.</summary>
public sealed class SlowConfigurationTests : Akka.TestKit.Xunit2.TestKit
{
    private const int Asked = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ManualResetEventSlim _answers = new();
    private int _readings;

    [Fact]
    public async Task File_that_cannot_be_read_holds_no_thread_of_the_pool_and_answers_all_who_asked_once_it_can()
    {
        var parent = CreateTestProbe();
        var file = Path.Combine(_folder.FullName, "webhooks.toml");
        var reader = parent.ChildActorOf(ActorFactory.Props(() => new ConfigurationActor(file, Load, TimeSpan.FromMinutes(1))));
        var threads = ThreadPool.ThreadCount;
        for (var i = 0; i < Asked; i++)
            reader.Tell(ReloadWebhooks.Instance);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => { })));
        Assert.InRange(ThreadPool.ThreadCount, 0, threads + 8);
        await parent.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        // Who asked after the first reading had begun is answered by the second.
        _answers.Set();
        Assert.Single((await parent.ExpectMsgAsync<ConfigurationRead>(TimeSpan.FromSeconds(10))).AskedBy);
        var second = await parent.ExpectMsgAsync<ConfigurationRead>(TimeSpan.FromSeconds(10));
        Assert.Equal(Asked - 1, second.AskedBy.Length);
        Assert.Single(second.Result.Webhooks);
        Assert.Equal(2, _readings);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Delete(recursive: true);
        _answers.Dispose();
    }

    private ConfigurationResult Load(string file)
    {
        _answers.Wait();
        return Interlocked.Increment(ref _readings) == 1 ? new ConfigurationResult([], []) : new ConfigurationResult([Some.Webhook], []);
    }
}
