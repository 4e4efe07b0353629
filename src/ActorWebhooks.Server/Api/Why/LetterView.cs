using ActorWebhooks.Lookup;
using ActorWebhooks.Server.Api.Status;

namespace ActorWebhooks.Server.Api.Why;

/// <summary>A dead letter without its event, as the API shows it.</summary>
internal sealed record LetterView(string Reason, DateTimeOffset At, int? Status, string Response)
{
    public static LetterView Of(FoundLetter letter) => new(Words.Kebab(letter.Reason), letter.At, letter.Status, letter.Response);
}
