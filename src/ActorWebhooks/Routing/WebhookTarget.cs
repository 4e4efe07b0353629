using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>A webhook as the router sees it: where its events go, and how many more it may hold. Used by all senders at once.</summary>
/// <param name="holdsReceipts">Whether receipts are for whoever takes the events out of the intake to answer.</param>
internal sealed class WebhookTarget(
    string id,
    IActorRef actor,
    OutboxIntake intake,
    OutboxBudget budget,
    bool holdsReceipts,
    WebhookMetrics metrics,
    RefusalNotice ownNotice,
    RefusalNotice nodeNotice)
{
    private volatile bool _isLossy;
    private volatile bool _isClosed;
    private volatile bool _isAbandoned;

    /// <param name="isLossy">Whether older events go when there is no room for newer ones.</param>
    public void Open(bool isLossy) => (_isLossy, _isClosed) = (isLossy, false);

    /// <summary>
    /// Takes nothing from now on. A sender takes from the budget and then looks whether it is closed, so whoever closes and then finds the
    /// budget unused knows that nothing is on its way any more.
    /// </summary>
    public void Close()
    {
        _isClosed = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>
    /// Nobody takes events out any more. A sender that was on its way puts its event in before whoever abandons takes out what there is, or
    /// finds it abandoned: the lock of the intake has them one after the other.
    /// </summary>
    public void Abandon()
    {
        Close();
        _isAbandoned = true;
    }

    public void Send(WebhookEvent e, Receipt? receipt)
    {
        if (intake.Refusal is { } refusal)
        {
            Refuse(e, receipt, refusal);
            return;
        }

        var cost = OutboxBudget.CostOf(e);
        if ((_isLossy ? budget.TryTakeLossy(cost) : budget.TryTake(cost)) is { } reason)
        {
            Refuse(e, receipt, reason);
            return;
        }

        if (_isClosed)
        {
            // Not listening any more, as if the event had come after the reload.
            budget.GiveBack(cost);
            return;
        }

        metrics.Matched(id);
        receipt?.Expect();
        if (intake.Append(e, holdsReceipts ? receipt : null) || (_isLossy && budget.IsFarOver && intake.Call()))
            actor.Tell(EventsCame.Instance, ActorRefs.NoSender);
        if (!holdsReceipts)
            receipt?.Accept();
        if (_isAbandoned)
            TakeBack();
    }

    private void TakeBack()
    {
        var (events, receipts) = (new EventQueue(), new Queue<HeldReceipt>());
        intake.TakeInto(events, receipts);
        foreach (var held in receipts)
        {
            metrics.Refused(id, RefusalReason.Stopping);
            held.Receipt.Refuse(id, held.Event, RefusalReason.Stopping);
        }

        while (events.Count > 0)
        {
            var slice = events.TakeSlice();
            budget.GiveBack(slice.Cost, slice.Count);
            slice.Page.Leave(slice.Count);
        }
    }

    private void Refuse(WebhookEvent e, Receipt? receipt, RefusalReason reason)
    {
        metrics.Refused(id, reason);
        receipt?.Expect();
        receipt?.Refuse(id, e, reason);

        // The journal is spoken of elsewhere, once for all its webhooks.
        if (reason is not (RefusalReason.JournalUnavailable or RefusalReason.NotOwner))
            (reason == RefusalReason.NodeFull ? nodeNotice : ownNotice).Refused(reason);
    }
}
