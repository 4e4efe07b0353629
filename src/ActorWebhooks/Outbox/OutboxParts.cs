namespace ActorWebhooks.Outbox;

/// <summary>
/// What comes behind the current batch and before what waits, in order: the events that were tried before the current batch, each alone, and
/// the parts of batches that were split.
/// </summary>
internal sealed class OutboxParts
{
    // The next is the last.
    private readonly List<Part> _parts = [];

    /// <summary>How many events were tried before the current batch.</summary>
    public int Tried { get; private set; }

    public bool IsEmpty => _parts.Count == 0;

    public bool HasUntried => _parts.Count > Tried;

    /// <summary>What comes next; there must be something.</summary>
    public EventRun First => _parts[^1].Events;

    /// <summary>Whether what comes next has passed before its turn.</summary>
    public bool IsFirstPassed => _parts[^1].HasPassed;

    public bool HasPassed => FailedInARow < Tried;

    /// <summary>How many of the tried failed, since the last one that passed.</summary>
    public int FailedInARow
    {
        get
        {
            var failed = 0;
            while (failed < Tried && !_parts[FirstTried + failed].HasPassed)
                failed++;
            return failed;
        }
    }

    private int FirstTried => _parts.Count - Tried;

    /// <summary>Comes next.</summary>
    public void Push(EventRun events)
    {
        _parts.Add(new Part(events, HasPassed: false));
        if (Tried > 0)
            Tried++;
    }

    public EventRun Pop()
    {
        var events = First;
        _parts.RemoveAt(_parts.Count - 1);
        Tried = Math.Max(0, Tried - 1);
        return events;
    }

    /// <summary>The first event that was not tried; there must be one.</summary>
    public EventRun TakeUntried()
    {
        var index = FirstTried - 1;
        var events = _parts[index].Events;
        if (events.Count == 1)
        {
            _parts.RemoveAt(index);
            return events;
        }

        var (head, tail) = events.SplitAt(1);
        _parts[index] = new Part(tail, HasPassed: false);
        return head;
    }

    /// <summary>Comes behind what was tried before it.</summary>
    public void AddTried(EventRun events, bool hasPassed)
    {
        _parts.Insert(FirstTried, new Part(events, hasPassed));
        Tried++;
    }

    /// <summary>What has failed since the last one that passed counts as not tried.</summary>
    public void ForgetFailed() => Tried -= FailedInARow;

    /// <summary>All of it counts as not tried.</summary>
    public void ForgetPassed()
    {
        for (var i = FirstTried; i < _parts.Count; i++)
            _parts[i] = _parts[i] with { HasPassed = false };
        Tried = 0;
    }

    /// <param name="id">The UTF-8 bytes of an event's id.</param>
    /// <returns>Null if it is not here; one that has passed is not.</returns>
    public WebhookEvent? Find(ReadOnlySpan<byte> id)
    {
        foreach (var part in _parts)
        {
            if (!part.HasPassed && part.Events.Find(id) is { } found)
                return found;
        }

        return null;
    }

    private readonly record struct Part(EventRun Events, bool HasPassed);
}
