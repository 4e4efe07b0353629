using ActorWebhooks.Accounting;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>A webhook whose actor is the supervisor's own child.</summary>
internal sealed class LocalWebhook : RunningWebhook
{
    private readonly LiveWebhook _live;
    private readonly WebhookMetrics _metrics;

    public LocalWebhook(IActorRef actor, LiveWebhook live, WebhookTarget target, WebhookMetrics metrics)
        : base(actor, target, live.Machine.Definition)
    {
        (_live, _metrics) = (live, metrics);
        metrics.Watch(Id, live.ReadUse);
    }

    public override bool IsEmpty => _live.Budget.UsedBytes == 0;

    public override void Abandon(ILoggingAdapter log)
    {
        _metrics.Unwatch(Id);
        Target.Abandon();
        if (_live.Machine.Journal is not null)
        {
            Leave(log);
            return;
        }

        var lost = _live.Budget.UsedEvents;
        var dead = _live.Machine.DropDeadLetters();
        _live.Machine.Abandon();
        _metrics.Dropped(Id, _live.Budget.UsedEvents, nameof(DropReason.Stopped));
        if (lost + dead > 0)
            log.Warning("Webhook {0}: stopped with {1} undelivered events and {2} dead letters, which are lost", Id, lost, dead);
    }

    private void Leave(ILoggingAdapter log)
    {
        var waiting = _live.Machine.Waiting;
        var unwritten = _live.Machine.Abandon();
        if (waiting > 0)
            log.Info("Webhook {0}: stopped with {1} undelivered events, which wait in the journal", Id, waiting);
        if (unwritten == 0)
            return;
        _metrics.Dropped(Id, unwritten, nameof(DropReason.Stopped));
        log.Warning("Webhook {0}: stopped with {1} events that the journal has not confirmed; they were not accepted, and may be lost", Id, unwritten);
    }
}
