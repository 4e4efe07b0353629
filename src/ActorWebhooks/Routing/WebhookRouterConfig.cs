using Akka.Actor;
using Akka.Routing;
using Akka.Util;

namespace ActorWebhooks.Routing;

/// <summary>
/// The Akka router: events are routed on the thread of their sender, without a mailbox in the way; every other message goes to the
/// router's own actor, the supervisor of the webhooks.
/// </summary>
internal sealed class WebhookRouterConfig(WebhookRoutingLogic logic, Func<WebhookSupervisor> createSupervisor) : CustomRouterConfig
{
    public override Router CreateRouter(ActorSystem system) => new(logic);

    public override ActorBase CreateRouterActor() => createSupervisor();

    public override bool IsManagementMessage(object message) => !WebhookRoutingLogic.IsForWebhooks(message);

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        throw new NotSupportedException("The router of the webhooks runs on its own node; it is not deployed to others.");
}
