namespace ActorWebhooks.Journal;

/// <summary>The persistence ids of a webhook. The id of a webhook has at most 128 characters, columns for these as a rule 255.</summary>
internal sealed record JournalIds(string WebhookId)
{
    public string Of(JournalStream stream) => stream == JournalStream.Outbox ? $"webhook-outbox:{WebhookId}" : $"webhook-dead:{WebhookId}";
}
