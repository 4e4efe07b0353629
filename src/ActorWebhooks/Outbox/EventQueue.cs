using ActorWebhooks.Configuration;

namespace ActorWebhooks.Outbox;

/// <summary>The events that wait, page by page. Takes no memory of its own while it is empty.</summary>
internal sealed class EventQueue
{
    private EventSlice _first;
    private Queue<EventSlice>? _rest;

    public int Count { get; private set; }

    /// <summary>The moment of the first; there must be one.</summary>
    public TimeSpan AcceptedAt => _first.AcceptedAt;

    public void Enqueue(EventSlice slice)
    {
        if (Count == 0)
            _first = slice;
        else
            (_rest ??= new Queue<EventSlice>()).Enqueue(slice);
        Count += slice.Count;
    }

    /// <summary>How many at the beginning were accepted before <paramref name="moment"/>.</summary>
    public int CountOlderThan(TimeSpan moment)
    {
        if (Count == 0)
            return 0;
        var count = _first.CountOlderThan(moment);
        if (count < _first.Count || _rest is null)
            return count;
        foreach (var slice in _rest)
        {
            var older = slice.CountOlderThan(moment);
            count += older;
            if (older < slice.Count)
                break;
        }

        return count;
    }

    /// <param name="id">The UTF-8 bytes of its id.</param>
    /// <returns>Null if it does not wait here.</returns>
    public WebhookEvent? Find(ReadOnlySpan<byte> id)
    {
        var found = Count == 0 ? null : new EventRun([_first]).Find(id);
        if (found is not null || _rest is null)
            return found;
        foreach (var slice in _rest)
        {
            if (slice.IndexOf(id) >= 0)
                return new EventRun([slice]).Find(id);
        }

        return null;
    }

    /// <param name="count">1 to <see cref="Count"/>.</param>
    public EventRun Take(int count)
    {
        var slices = new List<EventSlice>(1);
        while (count > 0)
        {
            var taken = Math.Min(count, _first.Count);
            slices.Add(TakeFromFirst(taken));
            count -= taken;
        }

        return new EventRun([.. slices]);
    }

    /// <summary>As many as one request may hold, at least one.</summary>
    /// <param name="most">Of the events, besides what the limits say.</param>
    /// <param name="isFull">Whether the limit of bytes is what ended it.</param>
    public EventRun TakeBatch(BatchLimits limits, int most, out bool isFull)
    {
        var slices = new List<EventSlice>(1);
        var left = Math.Min(most, limits.MaxEvents);
        var room = limits.MaxBytes - BatchBody.FrameLength;
        isFull = false;
        while (left > 0 && Count > 0)
        {
            var wanted = _first.Take(Math.Min(left, _first.Count));
            var fitting = wanted.CountWithin(room);
            if (fitting == 0 && slices.Count > 0)
            {
                isFull = true;
                break;
            }

            // One event that is too large goes alone.
            var taken = TakeFromFirst(Math.Max(1, fitting));
            slices.Add(taken);
            isFull = taken.Count < wanted.Count;
            left -= taken.Count;
            room -= taken.Length + BatchBody.SeparatorLength;
            if (isFull)
                break;
        }

        return new EventRun([.. slices]);
    }

    /// <summary>As many as take no more than so many bytes, commas included, at least one.</summary>
    public EventRun TakeChunk(int bytes) => TakeBatch(new BatchLimits(int.MaxValue, bytes + BatchBody.FrameLength), int.MaxValue, out _);

    /// <summary>The first slice as it is; there must be one.</summary>
    public EventSlice TakeSlice() => TakeFromFirst(_first.Count);

    private EventSlice TakeFromFirst(int count)
    {
        var taken = _first.Take(count);
        Count -= count;
        _first = _first.Skip(count);
        if (_first.Count == 0)
            TakeNextSlice();
        return taken;
    }

    private void TakeNextSlice()
    {
        if (_rest is null || !_rest.TryDequeue(out _first))
            (_first, _rest) = (default, null);
    }
}
