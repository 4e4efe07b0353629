namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// The threads of the pool, all started when the process starts, and never ended (<c>ThreadsToKeepAlive</c> in the runtime's settings). .NET
/// opens two handles to start a thread, and ends the process when the pool can start none: a node that has no handle left, for a moment,
/// must not need a new thread. Nothing here blocks a thread of the pool, so that few are enough.
/// </summary>
internal static class PoolThreads
{
    private const int Least = 32;
    private const int LeastOfFewHandles = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>To be called once, before the process has much to do.</summary>
    public static void StartAll()
    {
        var count = Count(Environment.ProcessorCount, FewHandles.Are());
        ThreadPool.GetMinThreads(out var min, out var minIo);
        ThreadPool.GetMaxThreads(out _, out var maxIo);
        if (!ThreadPool.SetMaxThreads(count, maxIo) || !ThreadPool.SetMinThreads(count, minIo))
            return;

        // Not disposed of: a thread that comes late still uses them.
        var started = new CountdownEvent(count);
        var go = new ManualResetEventSlim();
        for (var i = 0; i < count; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    started.Signal();
                    go.Wait();
                },
                null);
        }

        started.Wait(Patience);
        go.Set();
        // The pool would run as many at once as it was told to have. A smaller maximum for a moment lets it begin with few again, and the threads stay.
        ThreadPool.SetMinThreads(min, minIo);
        ThreadPool.SetMaxThreads(Math.Max(min, Environment.ProcessorCount), maxIo);
        ThreadPool.SetMaxThreads(count, maxIo);
    }

    public static int Count(int processors, bool hasFewHandles) => hasFewHandles ? Math.Max(LeastOfFewHandles, 2 * processors) : Math.Max(Least, 4 * processors);
}
