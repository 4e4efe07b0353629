namespace ActorWebhooks;

/// <summary>Publishes events and tells when they are safe, or who refused them and why.</summary>
public interface IWebhookPublisher
{
    /// <summary>Completes when every webhook that listens to the event holds it, or has refused it.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="cancellationToken">Ends the waiting; the event may have been accepted all the same.</param>
    /// <returns>Who holds the event, and who refused it.</returns>
    Task<PublishReceipt> PublishAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default);

    /// <summary>The same for many events, routed in the order in which they stand.</summary>
    /// <param name="webhookEvents">The events.</param>
    /// <param name="cancellationToken">Ends the waiting: events that are not routed yet are not taken, and others may have been accepted all the same.</param>
    /// <returns>One receipt for all of them.</returns>
    Task<PublishReceipt> PublishAsync(WebhookEvents webhookEvents, CancellationToken cancellationToken = default);
}
