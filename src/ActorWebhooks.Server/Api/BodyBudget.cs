namespace ActorWebhooks.Server.Api;

/// <summary>
/// How many bytes of request bodies, and of the events in them, are in memory at once, over all requests. The last quarter is for small
/// bodies, so that a few large ones that arrive slowly do not keep the others out.
/// </summary>
internal sealed class BodyBudget(long maxBytes)
{
    public const long Default = 160L * 1024 * 1024;

    private const int Small = 1024 * 1024;

    private long _used;

    /// <param name="bytes">More than before.</param>
    /// <param name="all">What the request has with these.</param>
    public bool TryTake(int bytes, long all)
    {
        var most = all <= Small ? maxBytes : maxBytes - (maxBytes / 4);
        if (Interlocked.Add(ref _used, bytes) <= most)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _used, -bytes);
}
