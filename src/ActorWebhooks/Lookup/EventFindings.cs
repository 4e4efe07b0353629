using System.Collections.Immutable;
using ActorWebhooks.Delivery;
using Akka.Actor;

namespace ActorWebhooks.Lookup;

/// <summary>What one webhook knows of an event.</summary>
/// <param name="EventType">Null when it is not known.</param>
/// <param name="Attempts">The latest that had it, oldest first.</param>
/// <param name="MoreAttempts">How many there were before them.</param>
internal sealed record EventFindings(
    string? EventType, EventPlace Place, FoundLetter? Letter, ImmutableArray<Attempt> Attempts, int MoreAttempts, LookupGaps Gaps)
    : INoSerializationVerificationNeeded
{
    public const int MaxAttempts = 20;

    public static readonly EventFindings Nothing = new(null, EventPlace.NotFound, null, [], 0, LookupGaps.InMemory);
}
