namespace ActorWebhooks.Server.Api;

/// <summary>How many bytes of request bodies are in memory at once, over all requests.</summary>
internal sealed class BodyBudget(long maxBytes)
{
    public const long Default = 256L * 1024 * 1024;

    private long _used;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= maxBytes)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _used, -bytes);
}
