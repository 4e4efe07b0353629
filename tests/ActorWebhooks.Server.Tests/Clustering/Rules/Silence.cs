using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>How long a webhook sent nothing though there were events for it all the time.</summary>
internal static class Silence
{
    /// <param name="arrivals">Of one webhook, in the order in which they began.</param>
    public static TimeSpan Longest(ImmutableArray<Arrival> arrivals, long from, long to)
    {
        if (from >= to)
            return TimeSpan.Zero;
        long[] times = [from, .. arrivals.Select(arrival => arrival.Begun).Where(at => at > from && at < to), to];
        return times.Zip(times.Skip(1), (before, next) => before.Until(next)).Max();
    }
}
