using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>How long to leave a journal alone that fails: 100 ms at first, twice as long each time, at most 5 s.</summary>
internal sealed class JournalPatience(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private TimeSpan _delay;
    private TimeSpan _until;

    public bool IsFailing => _delay > TimeSpan.Zero;

    public bool MayAsk => !IsFailing || time.Now() >= _until;

    /// <summary>Null when there is nothing to wait for.</summary>
    public TimeSpan? RetryIn => IsFailing && _until - time.Now() is { } left ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : null;

    public void Failed()
    {
        _delay = _delay == TimeSpan.Zero ? Shortest : _delay + _delay < Longest ? _delay + _delay : Longest;
        _until = time.Now() + _delay;
    }

    public void Works() => _delay = TimeSpan.Zero;
}
