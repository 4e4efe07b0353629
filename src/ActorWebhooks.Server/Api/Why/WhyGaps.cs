using ActorWebhooks.Lookup;

namespace ActorWebhooks.Server.Api.Why;

/// <summary>Says in words where an event may be that was not found.</summary>
internal static class WhyGaps
{
    public static IEnumerable<string> Of(LookupGaps gaps)
    {
        yield return gaps.LogSince is { } since
            ? $"Attempts before {since:O} are not kept."
            : "No attempts are kept: the webhook is lossy, or not durable, or actor-webhooks.attempt-log.max-bytes is 0. It may have been delivered.";
        if (gaps.UnreadAttempts)
            yield return "The time was over before all attempts were looked through. Ask again.";
        if (gaps.DamagedRows > 0)
            yield return $"{gaps.DamagedRows} rows of the journal cannot be read.";
        if (gaps.MissedAttempts > 0)
            yield return $"{gaps.MissedAttempts} attempts came faster than they could be kept.";
        if (gaps.UnreadWaiting > 0)
            yield return $"{gaps.UnreadWaiting} events that wait were not looked through. It may be one of them.";
        if (gaps.UnreadLetters > 0)
            yield return $"{gaps.UnreadLetters} dead letters were not looked through. It may be one of them.";
    }
}
