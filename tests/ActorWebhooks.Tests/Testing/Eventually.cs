using System.Diagnostics;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Waits for a condition that other threads bring about, and fails when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    public static async Task Equal<T>(T expected, Func<Task<T>> actual)
    {
        var since = Stopwatch.GetTimestamp();
        T found;
        while (!EqualityComparer<T>.Default.Equals(found = await actual(), expected))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                Assert.Equal(expected, found);
            await Task.Delay(Interval);
        }
    }

    public static Task Equal<T>(T expected, Func<T> actual) => Equal(expected, () => Task.FromResult(actual()));

    public static Task True(Func<bool> condition) => Equal(true, condition);

    public static Task True(Func<Task<bool>> condition) => Equal(true, condition);
}
