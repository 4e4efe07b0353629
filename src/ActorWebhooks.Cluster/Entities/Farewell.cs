using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>What becomes of what a webhook still holds when its life on a node ends, once its actor is no more.</summary>
internal sealed class Farewell(EntityState state, LiveWebhook live, ILoggingAdapter log)
{
    private readonly HashSet<InStream> _changed = [];

    public void Say()
    {
        if (live.Machine.Journal is not null)
            LeaveToJournal();
        else if (state.IsRemoved)
            GiveUp();
        else
            PassOn();
        foreach (var stream in state.Hop.Streams)
            stream.Courier.Tell(state.Hop.ProgressOf(stream, note: ProgressNote.Leaving));
    }

    private void LeaveToJournal()
    {
        state.Hop.ReleaseTo(live.Intake.Released, _changed);
        var waiting = live.Machine.Waiting;
        live.Machine.Abandon();
        if (waiting > 0 && !state.IsRemoved && !live.Machine.IsDisplaced)
            state.Hosted.Waker.Tell(new WakeWebhook(state.Id));
    }

    private void GiveUp()
    {
        var dead = live.Machine.DropDeadLetters();
        var lost = live.Machine.Abandon();
        state.Hop.ReleaseTo(live.Intake.Released, _changed);
        if (lost + dead > 0)
            log.Warning("Webhook {0}: removed with {1} undelivered events and {2} dead letters, which are lost", state.Id, lost, dead);
    }

    // What a sender that stays has sent, it sends again; what others have sent nobody else may have.
    private void PassOn()
    {
        var dead = live.Machine.DropDeadLetters();
        if (dead > 0)
            log.Warning("Webhook {0}: {1} dead letters, which were in memory alone, are lost as it moves", state.Id, dead);
        var released = live.Intake.Released;
        state.Hop.ReleaseTo(released, _changed);
        var events = live.Machine.TakeAll();
        var streams = state.Hop.StreamsOf(released, events.Count);
        var orphans = new List<WebhookEvent>();
        for (var i = 0; i < events.Count; i++)
        {
            if (streams[i] is not { IsOrphaned: false } stream || state.Hosted.Hosts.IsAway(stream.Courier))
                orphans.Add(events[i]);
        }

        if (orphans.Count > 0)
            state.Hosted.Router.Tell(new AdoptEvents(state.Id, orphans));
    }
}
