using System.Diagnostics;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>What is worth telling of a run, besides whether it kept the rules.</summary>
internal static class Figures
{
    /// <summary>The longest time without a request of a webhook that has no throttle.</summary>
    public static TimeSpan LongestGap(this ClusterFindings findings, long from, long to) => Hooks.Prompt.Max(id =>
    {
        long[] times = [from, .. findings.ArrivalsOf(id).Select(arrival => arrival.Begun).Where(at => at > from && at < to), to];
        return times.Zip(times.Skip(1), (before, next) => before.Until(next)).Max();
    });

    /// <summary>Each webhook that lived on the node that failed: its last request from there, and its first from elsewhere.</summary>
    public static IReadOnlyList<(Arrival Last, Arrival First)> TakeOvers(this ClusterFindings findings, Fault fault) =>
    [
        .. Hooks.Ids.Select(id => findings.ArrivalsOf(id).ToList())
            .Where(arrivals => arrivals.Last(arrival => arrival.Begun < fault.At).Life == fault.Life)
            .Select(arrivals => (
                arrivals.Last(arrival => arrival.Life == fault.Life),
                arrivals.First(arrival => arrival.Life != fault.Life && arrival.Begun > fault.At))),
    ];

    public static TimeSpan Until(this long from, long to) => Stopwatch.GetElapsedTime(from, to);

    public static string Shown(this TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.00} s");
}
