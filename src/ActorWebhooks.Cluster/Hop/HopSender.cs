using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>
/// One end of the hop, without actor or network: what a node sends to one webhook, in what bundles, and again when it got lost. It keeps
/// each event until the webhook has released it, so that whatever becomes of the webhook's node, the next life of the webhook gets it.
/// </summary>
internal sealed class HopSender(
    string webhookId, long stream, OutboxIntake intake, OutboxBudget budget, HopLimits limits, HopMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan LongestResend = TimeSpan.FromSeconds(2);

    // Beyond the throttle window: an attempt, and some that failed.
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(1);

    // The last word of a life that has ended comes by another way than the first one of the next.
    private static readonly TimeSpan TimeForLastWord = TimeSpan.FromMilliseconds(250);

    private readonly KeptEvents _kept = new(budget);
    private readonly EventQueue _incoming = new();
    private readonly Queue<HeldReceipt> _receipts = new();
    private readonly Queue<(long To, int Bytes)> _underWay = new();
    private long _underWayBytes;
    private long _sent;
    private long _received;
    private long _held;
    private long? _entity;
    private RefusalReason? _refusal;
    private TimeSpan _resendAfter = limits.ResendAfter;
    private TimeSpan _resendAt;
    private TimeSpan _lingerTo;
    private TimeSpan _probeAt;
    private TimeSpan _releasedAt;
    private long _gap = -1;

    // While it is set, the next life of the webhook has answered, and the last word of the former life is waited for.
    private TimeSpan? _lastWordUntil;

    // Nobody may be there: one bundle at a time asks.
    private bool _isDoubtful;

    /// <summary>How long events may gather before the webhook sends them.</summary>
    public TimeSpan Throttle { get; set; }

    /// <summary>Whether the webhook holds all that has come.</summary>
    public bool IsSettled
    {
        get
        {
            TakeIn();
            return _held >= _kept.End;
        }
    }

    /// <summary>The next bundle to send now; null when there is none before something happens or <see cref="LookAgainIn"/> is over.</summary>
    public Bundle? Next()
    {
        TakeIn();
        var now = time.Now();
        if (_lastWordUntil is { } until)
        {
            if (now < until)
                return null;
            Restart();
        }

        if (_underWay.Count > 0 && now >= _resendAt)
        {
            _resendAfter = _resendAfter * 2 < LongestResend ? _resendAfter * 2 : LongestResend;
            _isDoubtful = true;
            GoBackTo(_received);
        }

        if (_isDoubtful && _underWay.Count > 0)
            return null;

        if (_refusal is not null && (now < _resendAt || _underWay.Count > 0))
            return null;
        var size = _kept.Measure(_sent, limits);
        if (size.Count == 0)
            return _refusal is not null || IsProbeDue(now) ? Send(size, now) : null;
        if (_underWay.Count > 0 && (_underWayBytes + size.Bytes > limits.WindowBytes || (!size.IsFull && now < _lingerTo)))
            return null;
        return Send(size, now);
    }

    /// <summary>Whether events gather, so that <see cref="LookAgainIn"/> is soon over.</summary>
    public bool IsLingering => _lastWordUntil is null && _underWay.Count > 0 && _refusal is null && _sent < _kept.End && time.Now() < _lingerTo;

    /// <summary>How long until there may be something to send without anything having happened; null when there will not be.</summary>
    public TimeSpan? LookAgainIn()
    {
        var now = time.Now();
        if (_lastWordUntil is { } until)
            return Positive(until - now);
        if (_underWay.Count == 0 && _refusal is null)
            return _kept.First < _sent ? Positive(_probeAt - now) : null;
        return Positive((IsLingering && _lingerTo < _resendAt ? _lingerTo : _resendAt) - now);
    }

    /// <summary>The webhook says how far it is.</summary>
    public void Hear(Progress progress)
    {
        if (progress.Stream != stream)
            return;
        if (progress.Note == ProgressNote.Leaving)
        {
            if (_entity != progress.Entity)
                return;
            Release(progress.Released);
            Restart();
            return;
        }

        if (_entity is { } former && former != progress.Entity && _received > _kept.First)
        {
            _lastWordUntil ??= time.Now() + TimeForLastWord;
            return;
        }

        _isDoubtful = false;
        var received = Math.Clamp(progress.Received, _kept.First, _kept.End);
        if (_entity != progress.Entity)
        {
            (_entity, _received, _held, _gap) = (progress.Entity, received, _kept.First, -1);
            GoBackTo(received);
        }
        else if (progress.Note == ProgressNote.Gap && received != _gap)
        {
            _gap = received;
            GoBackTo(received);
        }

        Receive(received);
        Hold(Math.Min(progress.Held, _received));
        Release(progress.Released);
        if (_kept.First < _kept.End && time.Now() - _releasedAt > Throttle + LongestDelivery)
            budget.Standing = EndpointStanding.Fails;
        if (progress.Refusal is { } refusal)
            Refuse(refusal);
        else if (_refusal is not null)
            (_refusal, intake.Refusal) = (null, null);
        _probeAt = time.Now() + limits.ProbeInterval;
    }

    /// <summary>The webhook lives no more where it lived: all that is kept goes to where it lives next.</summary>
    public void Restart()
    {
        (_entity, _received, _held, _gap, _isDoubtful, _lastWordUntil) = (null, _kept.First, _kept.First, -1, true, null);
        _resendAfter = limits.ResendAfter;
        GoBackTo(_kept.First);
    }

    /// <summary>Gives everything up.</summary>
    /// <returns>How many events of which the webhook has not said that it holds them.</returns>
    public long Abandon()
    {
        TakeIn();
        Tell(RefusalReason.Stopping);
        var lost = _kept.End - Math.Max(_held, _kept.First);
        _kept.ReleaseTo(_kept.End);
        return lost;
    }

    /// <summary>Events call from now on. False when some have come already.</summary>
    public bool TryAwaitEvents() => intake.TryAwait();

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private void TakeIn()
    {
        if (_kept.First == _kept.End)
            _releasedAt = time.Now();
        intake.TakeInto(_incoming, _receipts);
        while (_incoming.Count > 0)
            _kept.Add(_incoming.TakeSlice());
    }

    private bool IsProbeDue(TimeSpan now) => _underWay.Count == 0 && _kept.First < _sent && now >= _probeAt;

    private Bundle Send(BundleSize size, TimeSpan now)
    {
        var bundle = Bundle.Create(webhookId, stream, _kept.First, _sent, size.Count, size.Bytes);
        _kept.WriteTo(bundle);
        _sent += size.Count;
        _underWay.Enqueue((_sent, size.Bytes));
        _underWayBytes += size.Bytes;
        _lingerTo = now + limits.Linger;
        _resendAt = now + _resendAfter;
        return bundle;
    }

    private void GoBackTo(long number)
    {
        if (number < _sent)
            metrics.Resent(webhookId, _sent - number);
        _sent = number;
        _underWay.Clear();
        _underWayBytes = 0;
    }

    private void Receive(long received)
    {
        if (received > _received)
            (_received, _resendAfter) = (received, limits.ResendAfter);
        _sent = Math.Max(_sent, _received);
        while (_underWay.TryPeek(out var bundle) && bundle.To <= _received)
        {
            _underWay.Dequeue();
            _underWayBytes -= bundle.Bytes;
        }

        if (_underWay.Count > 0)
            _resendAt = time.Now() + _resendAfter;
    }

    private void Hold(long held)
    {
        _held = Math.Max(_held, held);
        while (_receipts.TryPeek(out var receipt) && receipt.Ordinal < _held)
            _receipts.Dequeue().Receipt.Accept();
    }

    private void Release(long released)
    {
        if (Math.Min(released, _kept.End) is var to && to > _kept.First)
        {
            _kept.ReleaseTo(to);
            (_releasedAt, budget.Standing) = (time.Now(), EndpointStanding.Delivers);
        }

        _received = Math.Max(_received, _kept.First);
        _sent = Math.Max(_sent, _kept.First);
        Hold(_kept.First);
    }

    // What the webhook has not got goes to it later, but for what somebody waits for: he is told, and its events are taken out.
    private void Refuse(RefusalReason reason)
    {
        (_refusal, intake.Refusal) = (reason, reason);
        TakeIn();
        Tell(reason);
        GoBackTo(_received);
        _resendAt = time.Now() + limits.ResendAfter;
    }

    private void Tell(RefusalReason reason)
    {
        for (var left = _receipts.Count; left > 0; left--)
        {
            var receipt = _receipts.Dequeue();
            if (receipt.Ordinal >= _received)
            {
                _kept.TakeOut(receipt.Ordinal);
            }
            else if (reason is not (RefusalReason.JournalUnavailable or RefusalReason.Stopping))
            {
                // It has these, and will say that it holds them.
                _receipts.Enqueue(receipt);
                continue;
            }

            metrics.Refused(webhookId, reason);
            receipt.Receipt.Refuse(webhookId, receipt.Event, reason);
        }
    }
}
