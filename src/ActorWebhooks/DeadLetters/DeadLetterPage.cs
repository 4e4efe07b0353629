using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.DeadLetters;

/// <summary>Some dead letters, oldest first.</summary>
/// <param name="Next">Where the page behind it begins; null when there is none.</param>
internal sealed record DeadLetterPage(ImmutableArray<DeadLetter> Letters, string? Next) : INoSerializationVerificationNeeded
{
    /// <summary>A page is shorter than it was asked to be when its letters take more, so that it can go from node to node; the first one may.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>What a letter takes of it.</summary>
    public static int CostOf(DeadLetter letter) => letter.Event.Encoded.Length + (3 * letter.Response.Length);
}
