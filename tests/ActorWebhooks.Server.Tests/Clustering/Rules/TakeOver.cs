using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>A webhook of a node that failed was started on another node.</summary>
/// <param name="OldLife">The life of the node that failed.</param>
/// <param name="At">When the first request of the new owner began.</param>
internal sealed record TakeOver(int OldLife, long At)
{
    /// <summary>Null when the webhook was not on that node, or stayed there.</summary>
    /// <param name="arrivals">Of one webhook, in the order in which they began.</param>
    public static TakeOver? Of(ImmutableArray<Arrival> arrivals, Fault? fault)
    {
        if (fault is null || arrivals.LastOrDefault(arrival => arrival.Begun < fault.At)?.Life != fault.Life)
            return null;
        var first = arrivals.FirstOrDefault(arrival => arrival.Begun > fault.At && arrival.Life != fault.Life);
        return first is null ? null : new TakeOver(fault.Life, first.Begun);
    }
}
