using ActorWebhooks.Publishing;

namespace ActorWebhooks.Outbox;

/// <summary>
/// Where senders, on their own threads, put the events of one webhook, page after page, until its actor takes them. Memory to memory: the
/// actor is called only when it would otherwise not look. A lock, held while the bytes of one event are copied, is what keeps the order.
/// </summary>
internal sealed class OutboxIntake(AcceptanceClock clock) : IEventSource
{
    private const int FirstPage = 1024;
    private const int LargestPage = 1024 * 1024;
    private const int NoRefusal = -1;

    private readonly Lock _lock = new();
    private Queue<EventPage>? _full;
    private EventPage? _open;
    private List<HeldReceipt>? _receipts;
    private long _appended;
    private long _released;
    private int _requeued;
    private bool _isAwaited;
    private bool _isCalled;
    private volatile int _refusal = NoRefusal;

    /// <summary>Why nothing more is to be put in; null when it may.</summary>
    public RefusalReason? Refusal
    {
        get => _refusal is var refusal && refusal == NoRefusal ? null : (RefusalReason)refusal;
        set
        {
            var refusal = value is { } reason ? (int)reason : NoRefusal;
            if (refusal == _refusal)
                return;
            _refusal = refusal;
            Changed?.Invoke();
        }
    }

    /// <summary>
    /// Of all events that ever came, in order, how many need not be kept by whoever sent them: they are in the journal, or without one have
    /// left the outbox. Read from any thread.
    /// </summary>
    public long Released => Interlocked.Read(ref _released);

    /// <summary>Called on the thread of the webhook's actor after each change of <see cref="Refusal"/> and <see cref="Released"/>.</summary>
    public Action? Changed { get; set; }

    int IEventSource.Behind => 0;

    /// <summary>Takes an event whose cost has been taken from the budget.</summary>
    /// <param name="receipt">Who waits to hear that the event is safe; to be answered by whoever takes the event out.</param>
    /// <returns>Whether the actor has to be called.</returns>
    public bool Append(WebhookEvent e, Receipt? receipt = null)
    {
        lock (_lock)
        {
            if (receipt is not null)
                (_receipts ??= []).Add(new HeldReceipt(_appended, receipt, e));
            return Add(e.Encoded);
        }
    }

    /// <summary>Takes many events whose cost has been taken from the budget.</summary>
    /// <param name="events">One behind the other, as they are sent.</param>
    /// <param name="lengths">Of each; 0 for one that was taken out.</param>
    /// <param name="before">How many have come before them.</param>
    /// <returns>Whether the actor has to be called.</returns>
    public bool Append(ReadOnlySpan<byte> events, ReadOnlySpan<int> lengths, out long before)
    {
        var call = false;
        lock (_lock)
        {
            before = _appended;
            foreach (var length in lengths)
            {
                if (length > 0)
                    call |= Add(events[..length]);
                events = events[length..];
            }
        }

        return call;
    }

    /// <summary>The same with an event that was accepted before.</summary>
    public bool Requeue(WebhookEvent e)
    {
        lock (_lock)
        {
            _requeued++;
            return Add(e.Encoded);
        }
    }

    /// <summary>Whether the actor has to be called although it looks by itself later.</summary>
    public bool Call()
    {
        lock (_lock)
            return TryCall();
    }

    /// <summary>Moves everything to <paramref name="waiting"/>. Whoever was not called yet still waits for it.</summary>
    /// <returns>How many of them count as accepted from now on.</returns>
    public int TakeInto(EventQueue waiting)
    {
        lock (_lock)
            return Take(waiting);
    }

    /// <summary>The same, with those who wait to hear that events are safe.</summary>
    public void TakeInto(EventQueue waiting, Queue<HeldReceipt> receipts)
    {
        List<HeldReceipt>? held;
        lock (_lock)
        {
            Take(waiting);
            (held, _receipts) = (_receipts, null);
        }

        if (held is null)
            return;
        foreach (var receipt in held)
            receipts.Enqueue(receipt);
    }

    /// <summary>The actor will not look again unless it is called. False when there is something to take already.</summary>
    public bool TryAwait()
    {
        lock (_lock)
            return _isAwaited = _open is null;
    }

    void IEventSource.Finished(EventRun events) => Release(events.Count);

    /// <summary>The next so many need not be kept by whoever sent them.</summary>
    public void Release(int events)
    {
        if (events == 0)
            return;
        Interlocked.Add(ref _released, events);
        Changed?.Invoke();
    }

    private int Take(EventQueue waiting)
    {
        _isCalled = false;
        var before = waiting.Count;
        while (_full is not null && _full.TryDequeue(out var page))
            waiting.Enqueue(new EventSlice(page, 0, page.Count));
        if (_open is not null)
            waiting.Enqueue(new EventSlice(_open, 0, _open.Count));
        (_open, _full) = (null, null);
        var accepted = waiting.Count - before - _requeued;
        _requeued = 0;
        return accepted;
    }

    private bool Add(ReadOnlySpan<byte> encoded)
    {
        var now = clock.Now();
        if (_open is null || !_open.TryAppend(encoded, now))
        {
            OpenPage(encoded.Length);
            _open!.TryAppend(encoded, now);
        }

        _appended++;
        if (!_isAwaited)
            return false;
        _isAwaited = false;
        return TryCall();
    }

    private bool TryCall() => !_isCalled && (_isCalled = true);

    // Each page is twice as large as the one before, so that few events take little memory and many take few pages.
    private void OpenPage(int encodedLength)
    {
        var capacity = FirstPage;
        if (_open is not null)
        {
            capacity = Math.Min(LargestPage, 2 * _open.Capacity);
            (_full ??= new Queue<EventPage>()).Enqueue(_open);
        }

        _open = new EventPage(Math.Max(capacity, EventPage.CapacityFor(encodedLength)));
    }
}
