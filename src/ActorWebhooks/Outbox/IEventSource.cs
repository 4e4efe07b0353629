namespace ActorWebhooks.Outbox;

/// <summary>Where an outbox gets its events from, and what it tells when they have left it.</summary>
internal interface IEventSource
{
    /// <summary>Accepted events that come to the outbox later, as they are not in memory.</summary>
    int Behind { get; }

    /// <summary>Moves what is there to the end of <paramref name="waiting"/>.</summary>
    /// <returns>How many of them count as accepted from now on.</returns>
    int TakeInto(EventQueue waiting);

    /// <summary>The outbox will not look again unless it is called. False when there is something to take already.</summary>
    bool TryAwait();

    /// <summary>These have come to their end; their pages may be gone after the call.</summary>
    void Finished(EventRun events);
}
