namespace ActorWebhooks.Delivery;

/// <summary>
/// A batch whose events are about to expire because the endpoint answered it with failures is tried once more in ever smaller parts, so that
/// only those expire that fail alone. It ends early when so many in a row did that it must be the endpoint.
/// </summary>
internal sealed class LastChance
{
    private const int MostInARow = 5;

    private int _left;

    public bool IsUnderWay => _left > 0;

    public void Begin() => _left = MostInARow;

    public void End() => _left = 0;

    /// <summary>Something passed.</summary>
    public void Passed() => _left = IsUnderWay ? MostInARow : 0;

    /// <summary>An event failed alone.</summary>
    public void Failed() => _left--;
}
