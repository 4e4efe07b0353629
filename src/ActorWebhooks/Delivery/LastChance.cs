namespace ActorWebhooks.Delivery;

/// <summary>
/// A batch whose events are about to expire because the endpoint answered it with failures is tried once more in ever smaller parts, and so is
/// what expires behind it, so that only those events expire that fail alone. When so many in a row did that it must be the endpoint, nothing
/// gets another chance until something passes.
/// </summary>
internal sealed class LastChance
{
    private int _failed;

    public bool IsUnderWay { get; private set; }

    public bool HasFailed => _failed > 0;

    public bool IsLost => _failed > PoisonSearch.LongestRun;

    public void Begin() => IsUnderWay = true;

    public void End() => IsUnderWay = false;

    /// <summary>Something passed.</summary>
    public void Passed() => _failed = 0;

    /// <summary>An event failed alone, or the endpoint said nothing of the events.</summary>
    public void Failed()
    {
        _failed++;
        IsUnderWay &= !IsLost;
    }

    /// <summary>It is another endpoint from now on.</summary>
    public void Forget() => (_failed, IsUnderWay) = (0, false);
}
