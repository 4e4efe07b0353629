using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Delivery;

/// <summary>Calls a webhook that has nothing to do: there are events to take in. Once its actor is gone, others look after those.</summary>
internal sealed class EventsCame : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public static readonly EventsCame Instance = new();

    private EventsCame()
    {
    }
}
