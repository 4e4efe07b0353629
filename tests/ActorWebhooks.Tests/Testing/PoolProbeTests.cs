using ActorWebhooks.Testing;

namespace ActorWebhooks.Tests.Testing;

[Collection(nameof(Alone))]
public sealed class PoolProbeTests
{
    [Fact]
    public async Task Pool_whose_threads_are_all_blocked_is_noticed()
    {
        using var release = new ManualResetEventSlim();
        using var done = new CountdownEvent(500);
        var since = PoolProbe.Now;
        for (var i = 0; i < done.InitialCount; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    release.Wait();
                    done.Signal();
                },
                null);
        }

        var noticing = new TaskCompletionSource<bool>();
        new Thread(() => noticing.SetResult(WaitFor(since))) { IsBackground = true }.Start();
        var isNoticed = await noticing.Task;
        release.Set();
        done.Wait();

        Assert.True(isNoticed);
    }

    // Asks rarely: a thread that asks all the time wants to run all the time.
    private static bool WaitFor(long since)
    {
        for (var i = 0; i < 100 && !PoolProbe.WasStuckSince(since); i++)
            Thread.Sleep(TimeSpan.FromMilliseconds(300));
        return PoolProbe.WasStuckSince(since);
    }

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
