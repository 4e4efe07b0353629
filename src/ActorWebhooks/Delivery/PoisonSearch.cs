namespace ActorWebhooks.Delivery;

/// <summary>
/// Looks for the events that make a batch fail again and again while the endpoint takes others: the batch is split until an event stands alone;
/// when that keeps failing too, those behind it are tried before it, one by one, up to as many as a run of such events may have. If one of them
/// passes and the suspect goes on failing, it is the event; if all of them fail as well it is the endpoint, and nothing is given up, unless
/// another part of its batch has passed and it still fails. What has passed counts for one event: each other that has failed with it needs its
/// own, or has to fail for longer when there is nothing more to try.
/// </summary>
internal sealed class PoisonSearch
{
    /// <summary>So many such events in a row are looked for. If more than that fail, it is the endpoint.</summary>
    public const int LongestRun = 16;

    private const int AttemptsWithoutProof = 3;

    private int _failures;
    private int _nextProbe;
    private int _probeGap;
    private bool _isSifting;
    private bool _hasPassed;
    private bool _hasProbed;
    private bool _isProven;

    /// <summary>Whether the endpoint has answered the current batch with a failure.</summary>
    public bool HasFailed => _failures > 0 || _isSifting;

    /// <summary>Another batch is current.</summary>
    /// <param name="isPart">Whether it is a part of one that was split.</param>
    public void Begin(bool isPart)
    {
        (_failures, _nextProbe, _hasProbed, _isProven) = (0, 0, false, false);
        if (!isPart)
            (_isSifting, _hasPassed) = (false, false);
    }

    /// <summary>The endpoint has answered the current batch with a failure that says nothing of the events.</summary>
    /// <param name="attempts">So many failures make a batch suspect; 0 is never.</param>
    /// <param name="events">Of the batch.</param>
    /// <param name="isOvertaken">Whether an event behind it has passed, be it before the batch was current.</param>
    /// <param name="canProbe">Whether there is another event that could be tried.</param>
    public Decision Failed(int attempts, int events, bool isOvertaken, bool canProbe)
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

        if (_failures < attempts || !(_isProven || IsWithoutBetterProof(attempts, isOvertaken, canProbe)))
            return Decision.Retry;
        _hasPassed = false;
        return Decision.Refuse;
    }

    // Something has passed, but not since it alone was the suspect. So it takes longer.
    private bool IsWithoutBetterProof(int attempts, bool isOvertaken, bool canProbe) =>
        _failures >= AttemptsWithoutProof * attempts && (canProbe ? _hasPassed && _hasProbed : _hasPassed || isOvertaken);

    /// <summary>Whether another event is to be tried before the current batch.</summary>
    /// <param name="isOvertaken">Whether an event behind it has passed already: then it has failed often enough.</param>
    public bool WantsProbe(int attempts, int events, bool isOvertaken) =>
        attempts > 0 && events == 1 && !_isProven && _failures >= Math.Max(isOvertaken ? 1 : attempts, _nextProbe);

    /// <summary>Another event has passed: what the suspect does from now on decides.</summary>
    public void ProbePassed() => (_failures, _isProven) = (0, true);

    /// <summary>Another event has failed too.</summary>
    /// <param name="isLast">Whether no more are tried for now. The longer everything fails, the less often others are.</param>
    public void ProbeFailed(int attempts, bool isLast)
    {
        _hasProbed = true;
        if (!isLast)
            return;
        _probeGap = Math.Clamp(2 * _probeGap, attempts, 1_000_000);
        _nextProbe = _failures + _probeGap;
    }

    /// <summary>The endpoint has taken something.</summary>
    public void Passed() => (_hasPassed, _probeGap) = (_isSifting, 0);

    /// <summary>It is another endpoint from now on.</summary>
    public void Forget() =>
        (_failures, _nextProbe, _probeGap, _isSifting, _hasPassed, _hasProbed, _isProven) = (0, 0, 0, false, false, false, false);
}
