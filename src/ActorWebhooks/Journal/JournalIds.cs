using System.Globalization;

namespace ActorWebhooks.Journal;

/// <summary>
/// The persistence ids of a webhook. Every owner writes events and dead letters to streams of its own, which carry its epoch; the first version of the format knew no
/// epochs, and its streams are those of epoch 0. The id of a webhook has at most 128 characters, columns for these as a rule 255.
/// </summary>
internal sealed record JournalIds(string WebhookId)
{
    /// <summary>One row for each owner that the webhook ever had; the number of a row is the epoch that it claims.</summary>
    public string Claims { get; } = $"webhook-owner:{WebhookId}";

    /// <summary>
    /// The latest attempts, by whichever owner: nothing is decided by them, so the row of a former owner that comes late is one more row.
    /// </summary>
    public string Attempts { get; } = $"webhook-attempts:{WebhookId}";

    public string Of(JournalStream stream, long epoch)
    {
        var name = stream == JournalStream.Outbox ? "webhook-outbox" : "webhook-dead";

        // The epoch stands before the id, which may hold any character.
        return epoch == 0 ? $"{name}:{WebhookId}" : string.Create(CultureInfo.InvariantCulture, $"{name}@{epoch}:{WebhookId}");
    }
}
