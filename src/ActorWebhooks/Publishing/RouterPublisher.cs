using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>Publishes through the router, on the thread of the caller.</summary>
internal sealed class RouterPublisher(IActorRef router) : IWebhookPublisher
{
    public Task<PublishReceipt> PublishAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        return Publish(new Publication([webhookEvent], new Receipt(), cancellationToken), cancellationToken);
    }

    public Task<PublishReceipt> PublishAsync(WebhookEvents webhookEvents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhookEvents);
        return Publish(new Publication(webhookEvents.Events, new Receipt(), cancellationToken), cancellationToken);
    }

    private Task<PublishReceipt> Publish(Publication publication, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        router.Tell(publication, ActorRefs.NoSender);
        return publication.Receipt.Task.WaitAsync(cancellationToken);
    }
}
