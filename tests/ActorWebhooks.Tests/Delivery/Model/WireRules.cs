using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

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
    private string[] _ids = [];

    /// <summary>An event that was accepted, or accepted again by a replay.</summary>
    public void Accept(string id) => _waiting.Add(id, ++_accepted);

    /// <summary>An event that is not to be sent any more.</summary>
    public void GiveUp(string id)
    {
        _waiting.Remove(id);
        if (_retry is not null && _ids.Contains(id))
            _retry = null;
    }

    /// <param name="mayHurry">Whether the window does not count.</param>
    public void Send(Batch batch, TimeSpan now, TimeSpan throttle, bool mayHurry)
    {
        Assert.Null(_inFlight);
        if (_retry is { } retry)
        {
            Assert.Equal(retry.Id, batch.Id);
            Assert.True(batch.Body.Bytes().SequenceEqual(_bytes), "A retry sends other bytes.");
        }

        var last = _lastDelivered;
        _ids = [.. batch.Events.Ids()];
        foreach (var id in _ids)
        {
            Assert.True(_waiting.TryGetValue(id, out var place), $"{id} is sent though it is done with.");
            Assert.True(last < place, $"{id} is sent out of order.");
            last = place;
        }

        // An event that came after the last flush had started begins another one.
        if (last > _lastOfFlush)
        {
            Assert.True(mayHurry || _flushStart is null || now - _flushStart >= throttle, "A flush starts within the window of another.");
            (_flushStart, _lastOfFlush) = (now, _accepted);
        }

        (_inFlight, _retry, _bytes) = (batch, null, batch.Body.Bytes());
    }

    public void Answer(AttemptOutcome outcome, bool isLossy)
    {
        var batch = End();
        if (outcome.Status is >= 200 and <= 299)
        {
            foreach (var id in _ids)
                _waiting.Remove(id, out _lastDelivered);
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
