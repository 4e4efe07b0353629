using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>
/// What the attempts so far say of one endpoint: until when it is to be left alone, and what it takes. It belongs to that endpoint: when
/// the webhook has another one it is forgotten.
/// </summary>
internal sealed class EndpointRecord(int maxBytes, Random random)
{
    private int _nodeTroubles;

    /// <summary>Failed attempts since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>When the next attempt may be made, on the monotonic clock; zero when at once.</summary>
    public TimeSpan RetryAt { get; private set; }

    /// <summary>Single events refused with 400 or 422 since something passed.</summary>
    public int Refusals { get; private set; }

    public LearnedByteLimit ByteLimit { get; private set; } = LearnedByteLimit.Of(maxBytes);

    /// <summary>Whether there is anything that a later process has to know.</summary>
    public bool HasWait => Failures > 0 || RetryAt > TimeSpan.Zero;

    public void Delivered(bool isFull)
    {
        ByteLimit = ByteLimit.Passed(isFull);
        (Failures, Refusals, RetryAt) = (0, 0, TimeSpan.Zero);
    }

    /// <param name="atLeast">What the endpoint asked for.</param>
    /// <param name="requests">How many it has answered since the last wait.</param>
    public void BackOff(TimeSpan now, RetryDelays delays, TimeSpan atLeast, int requests = 1)
    {
        Failures++;
        var delay = requests * Backoff.Delay(delays, Failures, random);
        RetryAt = now + (delay > atLeast ? delay : atLeast);
    }

    /// <summary>The endpoint has nothing to do with it: no failure is counted, and the backoff is short.</summary>
    public void BackOffForNode(TimeSpan now) => RetryAt = now + Backoff.AfterNodeTrouble(++_nodeTroubles, random);

    /// <summary>An attempt has ended that the node had nothing to do with.</summary>
    public void Answered() => _nodeTroubles = 0;

    public void Refused() => Refusals++;

    public void TooLarge(int bytes) => ByteLimit = ByteLimit.TooLarge(bytes);

    /// <summary>Goes on from what an earlier process left.</summary>
    public void Recover(int failures, TimeSpan retryAt) => (Failures, RetryAt) = (failures, retryAt);

    /// <summary>Another limit is configured.</summary>
    public void Limit(int maxBytes) => ByteLimit = LearnedByteLimit.Of(maxBytes);

    /// <summary>The next attempt is made at once.</summary>
    public void TryNow() => RetryAt = TimeSpan.Zero;

    /// <summary>The next attempt is made at once, with as much as is configured. That it refused events is not forgotten.</summary>
    public void TryAnew()
    {
        (Failures, RetryAt, _nodeTroubles) = (0, TimeSpan.Zero, 0);
        ByteLimit = LearnedByteLimit.Of(ByteLimit.Configured);
    }

    /// <summary>It is another endpoint from now on.</summary>
    public void Forget()
    {
        TryAnew();
        Refusals = 0;
    }
}
