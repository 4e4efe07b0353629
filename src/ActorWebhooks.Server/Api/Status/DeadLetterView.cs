using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>A dead letter as the API shows it.</summary>
internal sealed record DeadLetterView(
    string Id, string Type, DateTimeOffset CreatedAt, RawJson Data, string Reason, DateTimeOffset At, int? Status, string Response)
{
    public static DeadLetterView Of(DeadLetter letter) => new(
        letter.Event.Id,
        letter.Event.Type,
        letter.Event.CreatedAt,
        new RawJson(letter.Event.Data),
        Words.Kebab(letter.Reason),
        letter.At,
        letter.Status,
        letter.Response);
}
