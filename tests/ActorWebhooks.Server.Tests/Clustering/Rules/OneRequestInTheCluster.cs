using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>A webhook begins a request when the one before it has ended, whichever node sent that.</summary>
internal static class OneRequestInTheCluster
{
    /// <param name="arrivals">Of one webhook, in order.</param>
    public static IEnumerable<string> Broken(ImmutableArray<Arrival> arrivals)
    {
        Arrival? latest = null;
        foreach (var arrival in arrivals)
        {
            if (latest is not null && arrival.Begun < latest.Ended)
                yield return $"{arrival.Webhook} began a request while another was under way: {latest}; {arrival}";
            if (latest is null || arrival.Ended > latest.Ended)
                latest = arrival;
        }
    }
}
