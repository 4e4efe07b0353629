using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Routing;

namespace ActorWebhooks.Routing;

/// <summary>Takes nothing, and says why.</summary>
internal sealed class RefusingRoute(RefusalReason reason, WebhookMetrics metrics) : Routee
{
    public override void Send(object message, IActorRef sender)
    {
        switch (message)
        {
            case WebhookEvent e:
                Refuse(e, null);
                break;

            case WebhookEvents many:
                foreach (var e in many.Events)
                    Refuse(e, null);
                break;

            case Publication publication:
                foreach (var e in publication.Events)
                    Refuse(e, publication.Receipt);
                publication.Receipt.Close();
                break;
        }
    }

    private void Refuse(WebhookEvent e, Receipt? receipt)
    {
        metrics.Refused(null, reason);
        receipt?.Expect();
        receipt?.Refuse(null, e, reason);
    }
}
