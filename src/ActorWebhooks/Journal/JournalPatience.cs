using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>How long to leave a journal alone that fails: 100 ms at first, twice as long each time, at most 5 s.</summary>
internal sealed class JournalPatience(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private TimeSpan _delay;
    private TimeSpan _until;
    private bool _isHeldBack;

    public bool IsFailing => _delay > TimeSpan.Zero;

    /// <summary>How long to wait before <see cref="TryAsk"/> again; null when it was true, so that nothing waits but for an answer.</summary>
    public TimeSpan? RetryIn => _isHeldBack ? _until - time.Now() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero : null;

    /// <returns>Whether the journal may be asked now.</returns>
    public bool TryAsk() => !(_isHeldBack = IsFailing && time.Now() < _until);

    public void Failed()
    {
        _delay = _delay == TimeSpan.Zero ? Shortest : _delay + _delay < Longest ? _delay + _delay : Longest;
        _until = time.Now() + _delay;
    }

    public void Works() => _delay = TimeSpan.Zero;
}
