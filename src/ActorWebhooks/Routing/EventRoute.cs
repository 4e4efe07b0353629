using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Routing;

namespace ActorWebhooks.Routing;

/// <summary>Where the events of one type go. Made once for a type and configuration, and kept by the routing table.</summary>
internal sealed class EventRoute(WebhookTarget[] targets, long maxEventBytes, WebhookMetrics metrics) : Routee
{
    public override void Send(object message, IActorRef sender) => Send((WebhookEvent)message, null);

    public void Send(WebhookEvent e, Receipt? receipt)
    {
        metrics.Received();
        if (BatchBody.LengthWithOnly(e) > maxEventBytes)
        {
            metrics.Refused(null, RefusalReason.EventTooLarge);
            receipt?.Expect();
            receipt?.Refuse(null, e, RefusalReason.EventTooLarge);
            return;
        }

        if (targets.Length == 0)
            metrics.Unmatched();
        foreach (var target in targets)
            target.Send(e, receipt);
    }
}
