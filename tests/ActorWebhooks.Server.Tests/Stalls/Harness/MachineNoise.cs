using System.Diagnostics;

namespace ActorWebhooks.Server.Tests.Stalls.Harness;

/// <summary>How late this machine lets a thread run that wants to, whatever the server does: what a limit in time has to allow for.</summary>
internal sealed class MachineNoise : IDisposable
{
    private const int ThreadsInARow = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Thread _thread;
    private volatile bool _isOver;

    public MachineNoise()
    {
        _thread = new Thread(Measure) { IsBackground = true };
        _thread.Start();
    }

    public Latencies Lateness { get; } = new();

    /// <summary>A limit for what passes through several threads one after the other, each of which this machine may delay.</summary>
    public TimeSpan Allow(TimeSpan limit) => limit + (ThreadsInARow * Lateness.P99);

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Measure()
    {
        while (!_isOver)
        {
            var since = Stopwatch.GetTimestamp();
            Thread.Sleep(Interval);
            Lateness.Add(Stopwatch.GetElapsedTime(since) - Interval);
        }
    }
}
