namespace ActorWebhooks;

/// <summary>
/// The key of the router in the actor registry: <c>registry.Get&lt;WebhookRouter&gt;()</c> or
/// <c>IRequiredActor&lt;WebhookRouter&gt;</c>. The router takes <see cref="WebhookEvent"/> and <see cref="WebhookEvents"/>.
/// </summary>
public sealed class WebhookRouter
{
    private WebhookRouter()
    {
    }
}
