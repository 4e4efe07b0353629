using System.Diagnostics;

namespace ActorWebhooks.LoadTest.Receipts;

/// <summary>Percentiles of one turn, in milliseconds.</summary>
internal sealed record LatencySample(double P50, double P99)
{
    /// <summary>Does something again and again, each time after the time before.</summary>
    public static async Task<LatencySample> TakeAsync(int count, Func<Task> action)
    {
        var milliseconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await action();
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return new LatencySample(milliseconds[count / 2], milliseconds[count * 99 / 100]);
    }
}
