using System.Text.Json;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal;

/// <summary>A row that cannot be read, kept as a dead letter with all its bytes, for whoever can make something of them.</summary>
internal static class DamagedRow
{
    public const string EventType = "webhook.unreadable";

    // Beyond it the letter would be larger than what others have to be.
    private const int MostBytes = 8 * 1024 * 1024;

    public static DeadLetter ToLetter(string row, int events, JournalRow content, string fault, DateTimeOffset now)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(new
        {
            row,
            events,
            fault,
            content = Convert.ToBase64String(content.Bytes.AsSpan(0, Math.Min(MostBytes, content.Bytes.Length))),
        });
        return new DeadLetter(WebhookEvent.FromJson(EventType, data), DeadLetterReason.Unreadable, now, null, $"{row}: {fault}");
    }
}
