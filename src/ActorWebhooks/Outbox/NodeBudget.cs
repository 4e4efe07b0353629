using System.Numerics;

namespace ActorWebhooks.Outbox;

/// <summary>
/// How many bytes of undelivered events all webhooks of a node may hold in memory together, and who may take them. Up to half, whoever
/// comes first. Beyond it a webhook may hold no more than it leaves free below a limit: seven eighths for one that delivers, five eighths
/// while that is not known, and nothing for one that fails. The last eighth is for shares: a webhook that stays below its share is never
/// refused because of what others hold.
/// </summary>
internal sealed class NodeBudget(long maxBytes)
{
    // The shares of h holders, each taken when there were fewer, come to no more than an eighth for up to eight million holders:
    // the sum of 1 / (k * (1 + log2 k)) for k from 1 to h stays below 3.
    private const int ShareDivisor = 24;

    private readonly long _half = maxBytes / 2;
    private readonly long _eighth = maxBytes / 8;
    private long _usedBytes;
    private int _holders;

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    public bool IsOverHalf => UsedBytes > _half;

    /// <summary>What a webhook may hold whatever the others hold; less for each, the more webhooks hold anything.</summary>
    public long Share => ShareOf(maxBytes, Volatile.Read(ref _holders));

    /// <param name="maxBytes">Of the node.</param>
    /// <param name="holders">How many webhooks hold anything.</param>
    public static long ShareOf(long maxBytes, int holders)
    {
        var count = Math.Max(1, holders);
        return maxBytes / ShareDivisor / count / (1 + BitOperations.Log2((uint)count));
    }

    /// <summary>How much a webhook may hold now; no limit while the node is not over half.</summary>
    public long LimitOf(EndpointStanding standing)
    {
        var used = UsedBytes;
        return used <= _half ? long.MaxValue : Math.Max(Share, BoundOf(standing) - used);
    }

    /// <summary>A webhook that held nothing holds something. To be called before it takes.</summary>
    public void Join() => Interlocked.Increment(ref _holders);

    /// <summary>A webhook holds nothing any more.</summary>
    public void Leave() => Interlocked.Decrement(ref _holders);

    /// <param name="bytes">What is to be taken.</param>
    /// <param name="held">What the webhook will hold then.</param>
    public bool TryTake(long bytes, long held, EndpointStanding standing)
    {
        while (true)
        {
            var used = Volatile.Read(ref _usedBytes);
            var total = used + bytes;
            if (total > _half && !IsFair(bytes, held, total, standing))
                return false;
            if (Interlocked.CompareExchange(ref _usedBytes, total, used) == used)
                return true;
        }
    }

    /// <summary>Takes it in any case.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _usedBytes, bytes);

    public void GiveBack(long bytes) => Interlocked.Add(ref _usedBytes, -bytes);

    // Who holds nothing may take one event to find out whether the endpoint takes it.
    private bool IsFair(long bytes, long held, long total, EndpointStanding standing) =>
        held <= BoundOf(standing) - total
        || (held == bytes && total <= maxBytes - _eighth)
        || (total <= maxBytes && held <= Share);

    private long BoundOf(EndpointStanding standing) => standing switch
    {
        EndpointStanding.Delivers => maxBytes - _eighth,
        EndpointStanding.Unknown => _half + _eighth,
        _ => _half,
    };
}
