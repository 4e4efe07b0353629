using ActorWebhooks.DeadLetters;
using ActorWebhooks.Events;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>A dead letter as the API shows it.</summary>
internal sealed record DeadLetterView(
    string Id, string Type, DateTimeOffset CreatedAt, RawJson Data, string Reason, DateTimeOffset At, int? Status, string Response)
{
    // Of a row that somebody else has written.
    private static readonly byte[] NotJson = """{"notShown":"what is kept as data is not JSON"}"""u8.ToArray();

    public static DeadLetterView Of(DeadLetter letter) => new(
        letter.Event.Id,
        letter.Event.Type,
        letter.Event.CreatedAt,
        new RawJson(EventData.IsObject(letter.Event.Data.Span) ? letter.Event.Data : NotJson),
        Words.Kebab(letter.Reason),
        letter.At,
        letter.Status,
        letter.Response);
}
