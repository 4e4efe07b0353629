namespace ActorWebhooks.Outbox;

/// <summary>
/// Where senders, on their own threads, put the events of one webhook, page after page, until its actor takes them. Memory to memory: the
/// actor is called only when it would otherwise not look. A lock, held while the bytes of one event are copied, is what keeps the order.
/// </summary>
internal sealed class OutboxIntake(AcceptanceClock clock)
{
    private const int FirstPage = 1024;
    private const int LargestPage = 1024 * 1024;

    private readonly Lock _lock = new();
    private Queue<EventPage>? _full;
    private EventPage? _open;
    private bool _isAwaited;
    private bool _isCalled;

    /// <summary>Takes an event whose cost has been taken from the budget.</summary>
    /// <returns>Whether the actor has to be called.</returns>
    public bool Append(WebhookEvent e)
    {
        var encoded = e.Encoded;
        lock (_lock)
        {
            var now = clock.Now();
            if (_open is null || !_open.TryAppend(encoded, now))
            {
                OpenPage(encoded.Length);
                _open!.TryAppend(encoded, now);
            }

            if (!_isAwaited)
                return false;
            _isAwaited = false;
            return TryCall();
        }
    }

    /// <summary>Whether the actor has to be called although it looks by itself later.</summary>
    public bool Call()
    {
        lock (_lock)
            return TryCall();
    }

    /// <summary>Moves everything to <paramref name="waiting"/>. Whoever was not called yet still waits for it.</summary>
    /// <returns>How many events.</returns>
    public int TakeInto(EventQueue waiting)
    {
        lock (_lock)
        {
            _isCalled = false;
            var before = waiting.Count;
            while (_full is not null && _full.TryDequeue(out var page))
                waiting.Enqueue(new EventSlice(page, 0, page.Count));
            if (_open is not null)
                waiting.Enqueue(new EventSlice(_open, 0, _open.Count));
            (_open, _full) = (null, null);
            return waiting.Count - before;
        }
    }

    /// <summary>The actor will not look again unless it is called. False when there is something to take already.</summary>
    public bool TryAwait()
    {
        lock (_lock)
            return _isAwaited = _open is null;
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
