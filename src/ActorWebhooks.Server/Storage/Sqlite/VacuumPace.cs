namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// How much free space one step gives back, and how long the next one waits: a step holds the lock that writers of the journal need.
/// </summary>
internal sealed class VacuumPace
{
    public const int FewestPages = 8;

    public const int MostPages = 4096;

    /// <summary>What a step should take at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(10);

    // Beside a journal in use, steps take a tenth of the time.
    private const int Rest = 9;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <summary>Of the next step.</summary>
    public int Pages { get; private set; } = 64;

    /// <param name="taken">What a step of <see cref="Pages"/> took.</param>
    /// <param name="isInUse">Whether the journal was used meanwhile.</param>
    /// <returns>How long to wait before the next step.</returns>
    public TimeSpan After(TimeSpan taken, bool isInUse)
    {
        if (taken > Longest)
            Pages = Math.Max(FewestPages, Pages / 2);
        else if (taken < Longest / 3)
            Pages = Math.Min(MostPages, Pages * 2);
        if (!isInUse)
            return TimeSpan.Zero;
        var rest = taken * Rest;
        return rest < ShortestRest ? ShortestRest : rest > LongestRest ? LongestRest : rest;
    }
}
