using System.Diagnostics.CodeAnalysis;

namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>
/// Decides which lookup starts next: known names first, then unknown ones, then suspects. Whatever is silent, an eighth of the threads is left
/// for known names and another for unknown ones, and one domain uses no more than three eighths in each lane.
/// </summary>
internal sealed class LookupQueue(int threads)
{
    private readonly FairQueue _known = new(threads * 5 / 8, threads * 3 / 8);
    private readonly FairQueue _unknown = new(threads, threads * 3 / 8);
    private readonly FairQueue _suspects = new(threads / 4, threads / 8);
    private readonly int _maxNotKnown = threads - (threads / 8);

    public int Waiting => _known.Waiting + _unknown.Waiting + _suspects.Waiting;

    public int Running => _known.Running + _unknown.Running + _suspects.Running;

    public void Add(NameEntry entry, LookupLane lane)
    {
        entry.Lane = lane;
        QueueOf(lane).Add(entry);
    }

    /// <summary>The name whose lookup is to start now, if one may; it runs from now on.</summary>
    public bool TryTake([NotNullWhen(true)] out NameEntry? entry)
    {
        entry = null;
        if (Running >= threads)
            return false;
        return _known.TryTake(out entry)
            || (_unknown.Running + _suspects.Running < _maxNotKnown && (_unknown.TryTake(out entry) || _suspects.TryTake(out entry)));
    }

    /// <summary>The lookup of <paramref name="entry"/> has ended.</summary>
    public void End(NameEntry entry) => QueueOf(entry.Lane).End(entry);

    private FairQueue QueueOf(LookupLane lane) => lane switch
    {
        LookupLane.Known => _known,
        LookupLane.Unknown => _unknown,
        _ => _suspects,
    };
}
