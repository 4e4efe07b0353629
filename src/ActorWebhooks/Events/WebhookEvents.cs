using System.Collections.Immutable;

namespace ActorWebhooks;

/// <summary>Many events in one message; they are routed in the order in which they stand.</summary>
public sealed class WebhookEvents
{
    /// <summary>Copies <paramref name="events"/> into a message.</summary>
    /// <param name="events">None of them null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is null.</exception>
    public WebhookEvents(IEnumerable<WebhookEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        Events = [.. events];
        foreach (var e in Events)
            ArgumentNullException.ThrowIfNull(e, nameof(events));
    }

    /// <summary>The events, in order.</summary>
    public ImmutableArray<WebhookEvent> Events { get; }
}
