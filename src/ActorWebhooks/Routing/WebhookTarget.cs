using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>A webhook as the router sees it: where its events go, and how many more it may hold. Used by all senders at once.</summary>
internal sealed class WebhookTarget(string id, IActorRef actor, OutboxBudget budget, WebhookMetrics metrics, ILoggingAdapter log)
{
    private int _isRefusing;
    private volatile bool _isLossy;

    /// <summary>Whether older events go when there is no room for newer ones.</summary>
    public bool IsLossy
    {
        get => _isLossy;
        set => _isLossy = value;
    }

    public void Send(WebhookEvent e, Receipt? receipt, IActorRef sender)
    {
        receipt?.Expect();
        var cost = OutboxBudget.CostOf(e);
        if ((_isLossy ? budget.TryTakeLossy(cost) : budget.TryTake(cost)) is { } reason)
        {
            Refuse(e, receipt, reason);
            return;
        }

        if (Volatile.Read(ref _isRefusing) != 0 && budget.IsHalfEmpty)
            AcceptAgain();
        metrics.Matched(id);
        if (receipt is null)
            actor.Tell(e, sender);
        else
            actor.Tell(new Offer(e, receipt), sender);
    }

    private void Refuse(WebhookEvent e, Receipt? receipt, RefusalReason reason)
    {
        metrics.Refused(id, reason);
        receipt?.Refuse(id, e, reason);
        if (Interlocked.Exchange(ref _isRefusing, 1) == 0)
            log.Warning("Webhook {0}: refuses events until half of what it holds is delivered: {1}", id, reason);
    }

    private void AcceptAgain()
    {
        if (Interlocked.Exchange(ref _isRefusing, 0) != 0)
            log.Info("Webhook {0}: has room and no refusals any more", id);
    }
}
