using ActorWebhooks.Outbox;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Delivery;

/// <summary>Asks for one HTTP request.</summary>
/// <param name="Number">Tells the attempts of one webhook apart.</param>
internal sealed record StartAttempt(long Number, Batch Batch, Endpoint Endpoint) : INoSerializationVerificationNeeded;

/// <summary>Asks to give the attempt up if it has no answer yet.</summary>
internal sealed record BreakOffAttempt(long Number) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>The request is done, well or badly. Of no use to anybody once its actor is gone.</summary>
internal sealed record AttemptFinished(long Number, AttemptOutcome Outcome)
    : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Break the request under way off; it is not answered.</summary>
internal sealed class CancelAttempt : INoSerializationVerificationNeeded
{
    public static readonly CancelAttempt Instance = new();

    private CancelAttempt()
    {
    }
}
