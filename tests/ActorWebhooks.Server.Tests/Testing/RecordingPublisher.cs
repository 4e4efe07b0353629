namespace ActorWebhooks.Server.Tests.Testing;

/// <summary>Takes everything, or refuses what it is told to.</summary>
internal sealed class RecordingPublisher : IWebhookPublisher
{
    public List<WebhookEvent> Published { get; } = [];

    public Func<WebhookEvent, RefusalReason?> Refuse { get; init; } = _ => null;

    public Task<PublishReceipt> PublishAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default) =>
        PublishAsync(new WebhookEvents([webhookEvent]), cancellationToken);

    public Task<PublishReceipt> PublishAsync(WebhookEvents webhookEvents, CancellationToken cancellationToken = default)
    {
        var refusals = new List<PublishRefusal>();
        foreach (var e in webhookEvents.Events)
        {
            if (Refuse(e) is { } reason)
                refusals.Add(new PublishRefusal("a", e.Id, reason));
            else
                Published.Add(e);
        }

        return Task.FromResult(new PublishReceipt(webhookEvents.Events.Length - refusals.Count, refusals));
    }
}
