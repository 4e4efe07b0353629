namespace ActorWebhooks.Delivery;

/// <summary>
/// Looks for the event that makes a batch fail again and again while the endpoint takes others: the batch is split until the event stands alone;
/// when that keeps failing too, the next event is tried before it. If that one passes and the suspect goes on failing, it is the event;
/// if that one fails as well it is the endpoint, and nothing is given up, unless another part of its batch has passed and it still fails.
/// </summary>
internal sealed class PoisonSearch
{
    private const int AttemptsWithoutProof = 3;

    private int _failures;
    private int _nextProbe;
    private int _probeGap;
    private bool _isSifting;
    private bool _hasPassed;
    private bool _hasProbed;

    /// <summary>Whether the endpoint has answered the current batch with a failure.</summary>
    public bool HasFailed => _failures > 0 || _isSifting;

    /// <summary>Another batch is current.</summary>
    /// <param name="isPart">Whether it is a part of one that was split.</param>
    public void Begin(bool isPart)
    {
        (_failures, _nextProbe, _hasProbed) = (0, 0, false);
        if (!isPart)
            (_isSifting, _hasPassed) = (false, false);
    }

    /// <summary>The endpoint has answered the current batch with a failure that says nothing of the events.</summary>
    /// <param name="attempts">So many failures make a batch suspect; 0 is never.</param>
    /// <param name="events">Of the batch.</param>
    /// <param name="isProven">Whether another event has passed that was tried before it.</param>
    /// <param name="isLast">Whether no other event waits that could be tried.</param>
    public Decision Failed(int attempts, int events, bool isProven, bool isLast)
    {
        _failures++;
        if (attempts == 0)
            return Decision.Retry;
        if (events > 1)
        {
            if (_failures < attempts && !_isSifting)
                return Decision.Retry;
            _isSifting = true;
            return Decision.Split;
        }

        if (_failures < attempts || !(isProven || (_hasPassed && IsWithoutBetterProof(attempts, isLast))))
            return Decision.Retry;
        _hasPassed = false;
        return Decision.Refuse;
    }

    // The one that was tried before it may be such an event too. So it takes longer.
    private bool IsWithoutBetterProof(int attempts, bool isLast) => _failures >= AttemptsWithoutProof * attempts && (isLast || _hasProbed);

    /// <summary>Whether another event is to be tried before the current batch.</summary>
    public bool WantsProbe(int attempts, int events, bool isProven) =>
        attempts > 0 && events == 1 && !isProven && _failures >= Math.Max(attempts, _nextProbe);

    /// <summary>The other event has passed: what the suspect does from now on decides.</summary>
    public void ProbePassed() => _failures = 0;

    /// <summary>The other event has failed too. The longer everything fails, the less often others are tried.</summary>
    public void ProbeFailed(int attempts)
    {
        _probeGap = Math.Clamp(2 * _probeGap, attempts, 1_000_000);
        (_nextProbe, _hasProbed) = (_failures + _probeGap, true);
    }

    /// <summary>The endpoint has taken something.</summary>
    public void Passed() => (_hasPassed, _probeGap) = (_isSifting, 0);

    /// <summary>It is another endpoint from now on.</summary>
    public void Forget() => (_failures, _nextProbe, _probeGap, _isSifting, _hasPassed, _hasProbed) = (0, 0, 0, false, false, false);
}
