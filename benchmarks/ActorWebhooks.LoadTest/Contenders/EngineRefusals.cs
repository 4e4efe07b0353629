using System.Diagnostics.Metrics;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>Counts the events that the engine had no room for, so that as many are sent again: a Tell has no receipt.</summary>
internal sealed class EngineRefusals : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;
    private string? _other;

    public EngineRefusals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "ActorWebhooks", Name: "webhooks.events.refused" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, events, tags, _) => Refused(events, tags));
        _listener.Start();
    }

    /// <summary>How many there were since the last call.</summary>
    /// <exception cref="InvalidOperationException">One was refused for a reason that does not pass.</exception>
    public int Take() => _other is null
        ? (int)Interlocked.Exchange(ref _count, 0)
        : throw new InvalidOperationException($"The engine refused an event: {_other}.");

    public void Dispose() => _listener.Dispose();

    private void Refused(long events, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "reason" && value is not (nameof(RefusalReason.OutboxFull) or nameof(RefusalReason.NodeFull)))
                _other = value?.ToString();
        }

        Interlocked.Add(ref _count, events);
    }
}
