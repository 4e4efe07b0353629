using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>What must hold for that which an endpoint sees, whatever the webhook decides; knows no model and no machine.</summary>
internal sealed class WireRules
{
    private readonly Dictionary<string, int> _waiting = [];
    private int _accepted;
    private int _lastDelivered;
    private int _lastOfFlush;
    private TimeSpan? _flushStart;
    private Batch? _inFlight;
    private Batch? _retry;
    private byte[] _bytes = [];

    /// <summary>An event that was accepted, or accepted again by a replay.</summary>
    public void Accept(string id) => _waiting.Add(id, ++_accepted);

    /// <summary>An event that is not to be sent any more.</summary>
    public void GiveUp(string id)
    {
        _waiting.Remove(id);
        if (_retry is { } retry && Array.Exists(retry.Entries, entry => entry.Event.Id == id))
            _retry = null;
    }

    /// <param name="mayHurry">Whether the window does not count.</param>
    public void Send(Batch batch, TimeSpan now, TimeSpan throttle, bool mayHurry)
    {
        Assert.Null(_inFlight);
        if (_retry is { } retry)
        {
            Assert.Equal(retry.Id, batch.Id);
            Assert.True(batch.Body.Span.SequenceEqual(_bytes), "A retry sends other bytes.");
        }

        var last = _lastDelivered;
        foreach (var entry in batch.Entries)
        {
            Assert.True(_waiting.TryGetValue(entry.Event.Id, out var place), $"{entry.Event.Id} is sent though it is done with.");
            Assert.True(last < place, $"{entry.Event.Id} is sent out of order.");
            last = place;
        }

        // An event that came after the last flush had started begins another one.
        if (last > _lastOfFlush)
        {
            Assert.True(mayHurry || _flushStart is null || now - _flushStart >= throttle, "A flush starts within the window of another.");
            (_flushStart, _lastOfFlush) = (now, _accepted);
        }

        (_inFlight, _retry, _bytes) = (batch, null, batch.Body.Span.ToArray());
    }

    public void Answer(AttemptOutcome outcome, bool isLossy)
    {
        var batch = End();
        if (outcome.Status is >= 200 and <= 299)
        {
            _lastDelivered = _waiting[batch.Entries[^1].Event.Id];
            foreach (var entry in batch.Entries)
                _waiting.Remove(entry.Event.Id);
        }
        else if (!isLossy && outcome.Status is not (400 or 410 or 413 or 422))
        {
            _retry = batch;
        }
    }

    public void Interrupt() => _retry = _inFlight is null ? _retry : End();

    private Batch End()
    {
        var batch = _inFlight!;
        _inFlight = null;
        return batch;
    }
}
