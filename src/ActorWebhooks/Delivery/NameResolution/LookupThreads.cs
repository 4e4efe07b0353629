namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>
/// Threads that do lookups, started when there is work for one more and ended when there is none for a while. They do not keep the process
/// from ending.
/// </summary>
/// <param name="sync">The lock of the owner, held whenever <paramref name="take"/> is called.</param>
/// <param name="take">The next lookup to do, and whether more of them wait.</param>
/// <param name="run">Does one; may block for long, and must not throw.</param>
/// <param name="start">Starts a thread. Throws <see cref="OutOfMemoryException"/> when the system gives none, for want of handles or of memory.</param>
internal sealed class LookupThreads(
    object sync, int maxThreads, TimeSpan idleTime, Func<(NameEntry? Next, bool MoreWait)> take, Action<NameEntry> run, Action<ThreadStart> start)
{
    // A lookup needs little; modules of the system's name services may need more.
    private const int StackBytes = 512 * 1024;

    private int _threads;
    private int _idle;
    private bool _isStopped;

    /// <summary>There may be work for one more thread. To be called under the lock.</summary>
    public void Wake()
    {
        if (_idle > 0)
            Monitor.Pulse(sync);
        else if (_threads < maxThreads && !_isStopped)
            StartThread();
    }

    /// <summary>Work waits, and there may be no thread, as none could be started. To be called under the lock.</summary>
    public void EnsureOne()
    {
        if (_threads == 0 && !_isStopped)
            StartThread();
    }

    /// <summary>Every thread ends after what it is doing. To be called under the lock.</summary>
    public void Stop()
    {
        _isStopped = true;
        Monitor.PulseAll(sync);
    }

    public static void StartThread(ThreadStart work) =>
        new Thread(work, StackBytes) { IsBackground = true, Name = "webhook name lookup" }.Start();

    private void StartThread()
    {
        try
        {
            start(Work);
            _threads++;
        }
        catch (OutOfMemoryException)
        {
            // Those that are there do the work, or one that can be started later.
        }
    }

    private void Work()
    {
        while (TakeOrEnd() is { } entry)
            run(entry);
    }

    private NameEntry? TakeOrEnd()
    {
        lock (sync)
        {
            var isTimeUp = false;
            while (!_isStopped)
            {
                var (next, moreWait) = take();
                if (next is not null)
                {
                    if (moreWait)
                        Wake();
                    return next;
                }

                if (isTimeUp)
                    break;
                _idle++;
                isTimeUp = !Monitor.Wait(sync, idleTime);
                _idle--;
            }

            _threads--;
            return null;
        }
    }
}
