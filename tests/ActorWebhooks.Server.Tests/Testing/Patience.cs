using System.Diagnostics;

namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>For what other processes bring about: long enough for a busy machine, and then a failure.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Task Patiently(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Patiently<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Asks until the answer is good.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Predicate<T> isGood)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isGood(answer))
                return answer;
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new TimeoutException($"After {Limit.TotalSeconds} s it is still {answer}");
            await Task.Delay(Interval);
        }
    }
}
