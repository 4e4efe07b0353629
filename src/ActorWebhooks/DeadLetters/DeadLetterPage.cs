using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.DeadLetters;

/// <summary>Some dead letters, oldest first.</summary>
/// <param name="Next">Where the page behind it begins; null when there is none.</param>
internal sealed record DeadLetterPage(ImmutableArray<DeadLetter> Letters, string? Next) : INoSerializationVerificationNeeded;
