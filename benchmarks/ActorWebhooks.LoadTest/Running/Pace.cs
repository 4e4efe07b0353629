using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>Lets one thread through so many times a second. One that is late catches up, so that the rate is kept.</summary>
internal sealed partial class Pace(double perSecond)
{
    private readonly long _interval = (long)(Stopwatch.Frequency / perSecond);
    private long _next = Stopwatch.GetTimestamp();

    public void Wait()
    {
        _next += _interval;
        var nanoseconds = (_next - Stopwatch.GetTimestamp()) * 1_000_000_000 / Stopwatch.Frequency;
        if (nanoseconds <= 0)
            return;
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(TimeSpan.FromTicks(nanoseconds / 100));
            return;
        }

        // Thread.Sleep knows milliseconds only, and to spin would take one of the processors from what is measured.
        var time = new Timespec { Seconds = (nint)(nanoseconds / 1_000_000_000), Nanoseconds = (nint)(nanoseconds % 1_000_000_000) };
        _ = NanoSleep(in time, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in Timespec time, nint remaining);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
