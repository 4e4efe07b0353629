namespace ActorWebhooks.Journal.Attempts;

/// <summary>
/// Which rows of attempts are to go. Nothing happens before a good deal can go at once, as a delete costs the journal as much as a write: an
/// eighth of the bytes, or a 32nd of the age. The newest row stays, as it has the number that the next one comes behind.
/// </summary>
internal static class AttemptRetention
{
    private const int ShareOfBytes = 8;
    private const int ShareOfAge = 32;

    /// <param name="total">What all rows took that were ever written.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    public static bool IsDue(AttemptMark oldest, long newest, long total, AttemptLogLimits limits, long now)
    {
        if (oldest.Row >= newest)
            return false;
        var age = Milliseconds(limits.MaxAge);
        return oldest.Before > total || total - oldest.Before > limits.MaxBytes - (limits.MaxBytes / (2 * ShareOfBytes)) || now - oldest.At > age + (age / ShareOfAge);
    }

    /// <summary>Whether a row goes, once some do.</summary>
    public static bool IsToGo(AttemptMark row, long total, AttemptLogLimits limits, long now) =>
        total - row.Before > limits.MaxBytes - (limits.MaxBytes / ShareOfBytes) || row.Before > total || now - row.At > Milliseconds(limits.MaxAge);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
