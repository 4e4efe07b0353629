using Akka.Hosting;

namespace ActorWebhooks.Publishing;

/// <summary>The publisher of dependency injection: it may be made before the actor system has started.</summary>
internal sealed class HostedPublisher(IRequiredActor<WebhookRouter> router) : IWebhookPublisher
{
    public async Task<PublishReceipt> PublishAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default) =>
        await (await GetAsync(cancellationToken).ConfigureAwait(false))
            .PublishAsync(webhookEvent, cancellationToken)
            .ConfigureAwait(false);

    public async Task<PublishReceipt> PublishAsync(WebhookEvents webhookEvents, CancellationToken cancellationToken = default) =>
        await (await GetAsync(cancellationToken).ConfigureAwait(false))
            .PublishAsync(webhookEvents, cancellationToken)
            .ConfigureAwait(false);

    private async ValueTask<RouterPublisher> GetAsync(CancellationToken cancellationToken) =>
        new(await router.GetAsync(cancellationToken).ConfigureAwait(false));
}
