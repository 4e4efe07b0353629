using System.Diagnostics;
using System.Globalization;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line on standard error that tells, while a run is under way, how far it is.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly string _title;
    private readonly SharedCount _count;
    private readonly long _before;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Timer _timer;

    public Progress(string title, string countFile)
    {
        _title = title;
        _count = new SharedCount(countFile);
        _before = _count.Value;
        var interval = Console.IsErrorRedirected ? Timeout.InfiniteTimeSpan : Interval;
        _timer = new Timer(_ => Show(), null, interval, interval);
    }

    public void Dispose()
    {
        using var done = new ManualResetEvent(false);
        if (_timer.Dispose(done))
            done.WaitOne();
        Show();
        Console.Error.WriteLine();
        _count.Dispose();
    }

    private void Show()
    {
        var (arrived, seconds) = (_count.Value - _before, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{_title,-44} {seconds,6:0.0} s {arrived,14:N0} events"));
    }
}
