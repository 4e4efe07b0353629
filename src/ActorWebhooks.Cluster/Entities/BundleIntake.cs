using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>Takes bundles into a webhook's intake, and tells their senders how far that is.</summary>
internal sealed class BundleIntake(EntityState state)
{
    // More lengths than this do not go on the stack.
    private const int LengthsOnStack = 1024;

    private readonly HashSet<InStream> _changed = [];

    /// <returns>Whether the webhook's actor has to be called.</returns>
    public bool TakeIn(Bundle bundle, IActorRef sender)
    {
        var stream = state.Hop.StreamOf(bundle, sender);
        var isCalled = false;
        if (state.Live is not { } live || state.Phase == EntityPhase.Removed)
            sender.Tell(state.Hop.ProgressOf(stream, RefusalReason.NotConfigured));
        else if (bundle.From > stream.Received)
            TellGap(stream);
        else
            sender.Tell(state.Hop.ProgressOf(stream, TakeIn(live, stream, bundle, out isCalled)));
        return isCalled;
    }

    /// <summary>Something has become of events that were taken in.</summary>
    public void TellProgress()
    {
        if (state.Live is not { } live)
            return;
        state.Hop.ReleaseTo(live.Intake.Released, _changed);
        var refusal = live.Intake.Refusal;
        foreach (var stream in refusal == state.ToldRefusal ? _changed : state.Hop.Streams)
            stream.Courier.Tell(state.Hop.ProgressOf(stream, refusal));
        state.ToldRefusal = refusal;
        _changed.Clear();
    }

    private void TellGap(InStream stream)
    {
        if (stream.ToldGap == stream.Received)
            return;
        stream.ToldGap = stream.Received;
        stream.Courier.Tell(state.Hop.ProgressOf(stream, note: ProgressNote.Gap));
    }

    /// <returns>Why it was not taken in.</returns>
    private RefusalReason? TakeIn(LiveWebhook live, InStream stream, Bundle bundle, out bool isCalled)
    {
        isCalled = false;
        if (live.Intake.Refusal is { } refusal)
            return refusal;
        var skipped = (int)Math.Min(stream.Received - bundle.From, bundle.Count);
        if (skipped > 0)
            state.Hosted.Metrics.Repeated(state.Id, skipped);
        if (skipped == bundle.Count)
            return null;

        var count = bundle.Count - skipped;
        Span<int> lengths = count <= LengthsOnStack ? stackalloc int[count] : new int[count];
        var events = 0;
        for (var i = 0; i < count; i++)
        {
            lengths[i] = bundle.LengthOf(skipped + i);
            events += lengths[i] > 0 ? 1 : 0;
        }

        var bytes = bundle.EventsFrom(skipped);
        var cost = OutboxBudget.CostOf(events, bytes.Length);
        var isLossy = live.Machine.Definition.Lossy;
        if ((isLossy ? live.Budget.TryTakeLossy(cost, events) : live.Budget.TryTake(cost, events)) is { } full)
            return full;
        isCalled = live.Intake.Append(bytes, lengths, out var before) || (isLossy && live.Budget.IsFarOver && live.Intake.Call());
        state.Hop.Received(stream, bundle, before, events);
        if (events < count)
            state.Hop.ReleaseTo(live.Intake.Released, _changed);
        return null;
    }
}
