namespace ActorWebhooks.Delivery;

/// <summary>
/// Looks for the events that make a batch fail again and again while the endpoint takes others: the batch is split until an event stands alone;
/// when that keeps failing too, those behind it are tried in turn with it, one by one, up to as many as a run of such events may have. If one of
/// them passes and the suspect goes on failing, it is the event; if all of them fail as well it is the endpoint, and nothing is given up. What has
/// passed counts for one event: each other that has failed with it needs its own. When there is nothing to try, what has passed before counts,
/// but the event has to fail for longer.
/// </summary>
internal sealed class PoisonSearch
{
    /// <summary>So many such events in a row are looked for. If more than that fail, it is the endpoint.</summary>
    public const int LongestRun = 16;

    private const int AttemptsWithoutProof = 3;

    private int _failures;
    private int _nextProbe;
    private int _nextRepeat;
    private int _probeGap;

    // How many failures in a row end the trials of others: as many as there may be at first, and while everything goes on failing one, two, four…
    private int _reach = LongestRun;
    private bool _isSifting;
    private bool _hasPassed;
    private bool _isProven;

    /// <summary>Whether the endpoint has answered the current batch with a failure.</summary>
    public bool HasFailed => _failures > 0 || _isSifting;

    /// <summary>Whether another event was tried with the current one, and failed.</summary>
    public bool HasProbed { get; private set; }

    /// <summary>Whether another event is the next to be sent.</summary>
    public bool IsProbeDue { get; private set; }

    /// <summary>Another batch is current.</summary>
    /// <param name="isPart">Whether it is a part of one that was split.</param>
    public void Begin(bool isPart)
    {
        (_failures, _nextProbe, _nextRepeat, HasProbed, _isProven, IsProbeDue) = (0, 0, 0, false, false, false);
        if (!isPart)
            (_isSifting, _hasPassed) = (false, false);
    }

    /// <summary>The endpoint has answered the current batch with a failure that says nothing of the events.</summary>
    /// <param name="attempts">So many failures make a batch suspect; 0 is never.</param>
    /// <param name="events">Of the batch.</param>
    /// <param name="isOvertaken">Whether an event behind it has passed, be it before the batch was current.</param>
    /// <param name="hasOthers">Whether there are other events that can be tried, be it once more.</param>
    /// <param name="isLast">Whether no other event waits at all.</param>
    public Decision Failed(int attempts, int events, bool isOvertaken, bool hasOthers, bool isLast)
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

        if (_failures < attempts || !(_isProven || IsWithoutBetterProof(attempts, isOvertaken ? !hasOthers : isLast && _hasPassed)))
            return Decision.Retry;
        _hasPassed = false;
        return Decision.Refuse;
    }

    // Something has passed, but not since it alone was the suspect.
    private bool IsWithoutBetterProof(int attempts, bool hasAnyProof) => hasAnyProof && _failures >= AttemptsWithoutProof * attempts;

    /// <summary>Whether another event is to be tried before the current batch.</summary>
    /// <param name="isOvertaken">Whether an event behind it has passed already: then it has failed often enough.</param>
    public bool WantsProbe(int attempts, int events, bool isOvertaken) =>
        attempts > 0 && events == 1 && !_isProven && _failures >= Math.Max(isOvertaken ? 1 : attempts, _nextProbe);

    /// <summary>Another event is the next to be sent.</summary>
    public void PlanProbe() => IsProbeDue = true;

    /// <summary>Another event has passed: what the suspect does from now on decides.</summary>
    public void ProbePassed() => (_failures, _isProven, IsProbeDue) = (0, true, false);

    /// <summary>Another event has failed too.</summary>
    /// <param name="inARow">How many have failed, one behind the other.</param>
    /// <returns>Whether no more are tried for now. The longer everything fails, the less often others are.</returns>
    public bool ProbeFailed(int attempts, int inARow)
    {
        (HasProbed, IsProbeDue, _nextRepeat) = (true, false, _failures + Math.Max(attempts, _probeGap));
        if (inARow <= _reach)
            return false;
        _reach = _reach == LongestRun ? 1 : Math.Min(2 * _reach, LongestRun);
        WidenGap(attempts);
        _nextProbe = _failures + _probeGap;
        return true;
    }

    /// <summary>Whether those that have failed are to be tried once more, as there are no others.</summary>
    public bool TryRepeat(int attempts)
    {
        if (attempts == 0 || _isProven || _failures < Math.Max(attempts, _nextRepeat))
            return false;
        WidenGap(attempts);
        return true;
    }

    /// <summary>The endpoint has taken something.</summary>
    public void Passed() => (_hasPassed, _probeGap, _reach) = (_isSifting, 0, LongestRun);

    /// <summary>It is another endpoint from now on.</summary>
    public void Forget()
    {
        Begin(isPart: false);
        (_probeGap, _reach) = (0, LongestRun);
    }

    private void WidenGap(int attempts) => _probeGap = Math.Clamp(2 * _probeGap, attempts, 1_000_000);
}
