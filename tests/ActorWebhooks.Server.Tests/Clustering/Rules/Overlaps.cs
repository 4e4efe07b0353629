using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>Requests of one webhook that began while another one was under way.</summary>
internal static class Overlaps
{
    /// <summary>
    /// A request of an owner that was lost may stay open after the take-over if it began before; nothing else may overlap.
    /// </summary>
    /// <param name="arrivals">Of one webhook, in the order in which they began.</param>
    public static int Count(ImmutableArray<Arrival> arrivals, TakeOver? takeOver)
    {
        var count = 0;
        var latestEnd = long.MinValue;
        foreach (var arrival in arrivals)
        {
            if (arrival.Begun < latestEnd)
                count++;
            var mayStayOpen = takeOver is not null && arrival.Life == takeOver.OldLife && arrival.Begun < takeOver.At;
            if (!mayStayOpen && arrival.Ended > latestEnd)
                latestEnd = arrival.Ended;
        }

        return count;
    }
}
