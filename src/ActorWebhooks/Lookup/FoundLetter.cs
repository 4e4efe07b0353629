using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Lookup;

/// <summary>A dead letter without its event.</summary>
internal sealed record FoundLetter(DeadLetterReason Reason, DateTimeOffset At, int? Status, string Response)
{
    public static FoundLetter Of(DeadLetter letter) => new(letter.Reason, letter.At, letter.Status, letter.Response);
}
