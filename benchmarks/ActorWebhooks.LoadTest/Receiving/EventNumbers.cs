using System.Collections;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>Which of the events that are numbered have arrived. Their numbers stand where others have the reading of a clock.</summary>
internal sealed class EventNumbers
{
    /// <summary>The first number; as long as a reading of the clock, so that events are.</summary>
    public const long First = 10_000_000_000_000;

    private readonly BitArray _arrived = new(1024);

    /// <returns>Whether it is the first time.</returns>
    public bool Add(long number)
    {
        var index = checked((int)(number - First));
        if (index >= _arrived.Length)
            _arrived.Length = Math.Max(index + 1, 2 * _arrived.Length);
        var isFirst = !_arrived[index];
        _arrived[index] = true;
        return isFirst;
    }
}
