using ActorWebhooks.Cluster.Hop;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Hop;

/// <summary>One life of a webhook: its end of the hop, and an outbox that is let go from its beginning.</summary>
internal sealed class SimulatedWebhook(long life, bool isDurable)
{
    private readonly HopReceiver _hop = new(life, isDurable);
    private readonly HashSet<InStream> _changed = [];
    private readonly Queue<string> _outbox = new();
    private long _appended;
    private long _released;

    public RefusalReason? Refusal { get; set; }

    public Progress? Take(Bundle bundle)
    {
        var stream = _hop.StreamOf(bundle, ActorRefs.Nobody);
        if (Refusal == RefusalReason.NotConfigured)
            return _hop.ProgressOf(stream, Refusal);
        if (bundle.From > stream.Received)
            return _hop.ProgressOf(stream, note: ProgressNote.Gap);
        if (Refusal is not null)
            return _hop.ProgressOf(stream, Refusal);
        var skipped = (int)Math.Min(stream.Received - bundle.From, bundle.Count);
        if (skipped == bundle.Count)
            return _hop.ProgressOf(stream);
        var before = _appended;
        var rest = bundle.EventsFrom(skipped);
        for (var i = skipped; i < bundle.Count; i++)
        {
            var length = bundle.LengthOf(i);
            if (length > 0)
            {
                _outbox.Enqueue(WebhookEvent.Decode(rest[..length]).Id);
                _appended++;
            }

            rest = rest[length..];
        }

        _hop.Received(stream, bundle, before, (int)(_appended - before));
        _hop.ReleaseTo(_released, _changed);
        _changed.Clear();
        return _hop.ProgressOf(stream);
    }

    /// <summary>The first so many are delivered, or if it is durable written; the senders are told.</summary>
    public List<Progress> Release(int count, List<string> delivered)
    {
        for (; count > 0 && _outbox.TryDequeue(out var id); count--, _released++)
            delivered.Add(id);
        _hop.ReleaseTo(_released, _changed);
        List<Progress> news = [.. _changed.Select(stream => _hop.ProgressOf(stream, Refusal))];
        _changed.Clear();
        return news;
    }

    public List<Progress> Leave() => [.. _hop.Streams.Select(stream => _hop.ProgressOf(stream, note: ProgressNote.Leaving))];
}
