using ActorWebhooks.Delivery;

namespace ActorWebhooks.Lookup;

/// <summary>Says what became of an event from what was found.</summary>
internal static class EventVerdict
{
    // What is there now counts before what was: a dead letter that was put back waits, though it was refused before.
    public static EventFate Of(EventFindings findings)
    {
        if (findings.Place != EventPlace.NotFound)
            return EventFate.Waiting;
        if (findings.Attempts is [.., { Decision: Decision.Delivered }])
            return EventFate.Delivered;
        if (findings.Letter is not null)
            return EventFate.Dead;
        var gaps = findings.Gaps;
        if (findings.Attempts is not [.., { Decision: var latest }])
            return EventFate.Unknown;
        return latest switch
        {
            Decision.Drop => EventFate.Dropped,
            Decision.Refuse or Decision.Gone when gaps.UnreadLetters == 0 => EventFate.DeadLetterGone,
            _ when gaps is { UnreadLetters: 0, UnreadWaiting: 0, MissedAttempts: 0, DamagedRows: 0, UnreadAttempts: false } => EventFate.Gone,
            _ => EventFate.Unknown,
        };
    }
}
