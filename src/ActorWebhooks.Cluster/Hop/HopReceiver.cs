using Akka.Actor;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>
/// The other end of the hop, without actor or network: which events of which sender a webhook has received, so that each goes in once and
/// in order, and which of them their senders need not keep any more.
/// </summary>
/// <param name="entity">Of this life of the webhook.</param>
/// <param name="isDurable">Whether events are held only once they are in the journal, which is when they are released.</param>
internal sealed class HopReceiver(long entity, bool isDurable)
{
    private const int MaxStreams = 1024;

    private readonly Dictionary<long, InStream> _streams = [];
    private readonly Queue<Run> _runs = new();
    private Run? _last;

    public IReadOnlyCollection<InStream> Streams => _streams.Values;

    public bool Knows(long stream) => _streams.ContainsKey(stream);

    public InStream StreamOf(Bundle bundle, IActorRef courier)
    {
        if (!_streams.TryGetValue(bundle.Stream, out var stream))
        {
            if (_streams.Count >= MaxStreams)
                ForgetOrphans();
            _streams.Add(bundle.Stream, stream = new InStream(bundle.Stream, courier, bundle.Base));
        }

        // An earlier life of the webhook has seen to those.
        if (bundle.Base > stream.Received)
            (stream.Received, stream.Released) = (bundle.Base, bundle.Base);
        return stream;
    }

    /// <summary>The bundle was put in, from the event that was to be the next on.</summary>
    /// <param name="before">How many events had been put in before it.</param>
    /// <param name="events">How many events that was, without those that were taken out.</param>
    public void Received(InStream stream, Bundle bundle, long before, int events)
    {
        var from = stream.Received;
        stream.Received = bundle.To;
        if (_last is { } last && last.Stream == stream && last.To == before && last.StreamTo == from)
        {
            (last.To, last.StreamTo) = (before + events, bundle.To);
            return;
        }

        _last = new Run(stream, before, from) { To = before + events, StreamTo = bundle.To };
        _runs.Enqueue(_last);
    }

    /// <summary>Of all that was put in, so many need not be kept any more.</summary>
    /// <param name="changed">Gets the streams for which that is news.</param>
    public void ReleaseTo(long released, HashSet<InStream> changed)
    {
        while (_runs.TryPeek(out var run) && run.To <= released)
        {
            _runs.Dequeue();
            if (_last == run)
                _last = null;
            Release(run.Stream, run.StreamTo, changed);
        }

        // With events taken out it is not known which are these.
        if (_runs.TryPeek(out var part) && part.From < released && part.To - part.From == part.StreamTo - part.StreamFrom)
            Release(part.Stream, part.StreamFrom + released - part.From, changed);
    }

    /// <summary>The stream of each event that is not released, in order; null for one that came in another way.</summary>
    /// <param name="released">How many are released.</param>
    /// <param name="count">How many are not.</param>
    public InStream?[] StreamsOf(long released, int count)
    {
        var streams = new InStream?[count];
        foreach (var run in _runs)
        {
            for (var i = Math.Max(run.From, released); i < run.To && i - released < count; i++)
                streams[i - released] = run.Stream;
        }

        return streams;
    }

    public Progress ProgressOf(InStream stream, RefusalReason? refusal = null, ProgressNote note = ProgressNote.None) => new(
        stream.Id, entity, stream.Received, isDurable ? stream.Released : stream.Received, stream.Released, refusal, note);

    /// <summary>A sender is no more.</summary>
    public void Orphan(IActorRef courier)
    {
        foreach (var stream in _streams.Values)
            stream.IsOrphaned |= stream.Courier.Equals(courier);
        ForgetOrphans();
    }

    private void ForgetOrphans()
    {
        foreach (var stream in _streams.Values)
        {
            if (stream.IsOrphaned && stream.Released == stream.Received)
                _streams.Remove(stream.Id);
        }
    }

    private static void Release(InStream stream, long to, HashSet<InStream> changed)
    {
        if (to <= stream.Released)
            return;
        stream.Released = to;
        changed.Add(stream);
    }

    // Events of one stream that were put in one behind the other.
    private sealed class Run(InStream stream, long from, long streamFrom)
    {
        public InStream Stream => stream;

        public long From => from;

        public long To { get; set; }

        public long StreamFrom => streamFrom;

        public long StreamTo { get; set; }
    }
}
