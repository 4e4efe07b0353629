namespace ActorWebhooks.Lookup;

/// <summary>What was not looked through, so that an event that was not found may be there.</summary>
/// <param name="LogSince">Attempts before it are not kept; null when no log is.</param>
/// <param name="UnreadAttempts">Whether the time was over before all attempts that are kept were looked through.</param>
/// <param name="DamagedRows">Rows that cannot be read.</param>
/// <param name="MissedAttempts">Attempts that were too many to be kept, within what was looked through.</param>
/// <param name="UnreadWaiting">Events that wait.</param>
/// <param name="UnreadLetters">Dead letters.</param>
internal sealed record LookupGaps(
    DateTimeOffset? LogSince, bool UnreadAttempts, int DamagedRows, long MissedAttempts, int UnreadWaiting, int UnreadLetters)
{
    /// <summary>All that is in memory is all that there is.</summary>
    public static readonly LookupGaps InMemory = new(null, false, 0, 0, 0, 0);
}
