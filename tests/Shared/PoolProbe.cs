using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorWebhooks.Testing;

/// <summary>
/// Notices when the thread pool of the test host is stuck: work waits for longer than <see cref="Limit"/>, and all that time no thread of the
/// process runs or wants to. On a machine that is merely busy, threads want to run, so that it is never taken for a stuck pool.
/// </summary>
internal static class PoolProbe
{
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private static long _lastStuck = long.MinValue;

    /// <summary>To be handed to <see cref="AssertNotStuckSince"/> later.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Whether the pool was stuck at or after <paramref name="since"/>.</summary>
    public static bool WasStuckSince(long since) => Volatile.Read(ref _lastStuck) >= since;

    public static void AssertNotStuckSince(long since) =>
        Assert.False(WasStuckSince(since), $"The thread pool was stuck for more than {Limit.TotalMilliseconds} ms: something blocks its threads.");

    // Only Linux tells which threads want to run.
    [ModuleInitializer]
    internal static void Start()
    {
        if (OperatingSystem.IsLinux())
            new Thread(Watch) { IsBackground = true, Name = "pool probe" }.Start();
    }

    private static void Watch()
    {
        var self = OwnThreadId();
        while (true)
        {
            Thread.Sleep(Interval);
            var work = new Work();
            var quiet = TimeSpan.Zero;
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            while (!work.HasRun)
            {
                Thread.Sleep(Interval);
                // Counted and not measured, so that a process that was paused is not taken for a stuck one.
                quiet = IsAnyThreadRunning(self) ? TimeSpan.Zero : quiet + Interval;
                if (!work.HasRun && quiet > Limit)
                    Volatile.Write(ref _lastStuck, Stopwatch.GetTimestamp());
            }
        }
    }

    private static string OwnThreadId() => Path.GetFileName(new FileInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName);

    private static bool IsAnyThreadRunning(string except)
    {
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                // The state follows the name, which is in parentheses: R runs or wants to, D waits for a disk.
                var stat = File.ReadAllText($"{thread}/stat");
                if (!thread.EndsWith($"/{except}", StringComparison.Ordinal) && stat[stat.LastIndexOf(')') + 2] is 'R' or 'D')
                    return true;
            }
            catch (Exception e) when (e is IOException or ArgumentOutOfRangeException or IndexOutOfRangeException)
            {
                // It has just ended, so it ran.
                return true;
            }
        }

        return false;
    }

    private sealed class Work : IThreadPoolWorkItem
    {
        private volatile bool _hasRun;

        public bool HasRun => _hasRun;

        public void Execute() => _hasRun = true;
    }
}
