using Akka.Configuration;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// How soon another node may start the webhooks of a node that the cluster has lost, as Akka is configured. The three times follow one
/// another.
/// </summary>
/// <param name="Detection">At least so long after the latest answer to a heartbeat the failure detector calls the node unreachable.</param>
/// <param name="Decision">At least so long after that the downing provider decides that the node is out of the cluster.</param>
/// <param name="Margin">So long after the node was removed sharding starts its webhooks elsewhere, as a rule; see <see cref="Earliest"/>.</param>
internal sealed record TakeOverTime(TimeSpan Detection, TimeSpan Decision, TimeSpan Margin)
{
    private const string DowningKey = "akka.cluster.downing-provider-class";
    private const string StableAfterKey = "akka.cluster.split-brain-resolver.stable-after";
    private const string MarginKey = "akka.cluster.down-removal-margin";
    private const string DetectorSection = "akka.cluster.failure-detector";

    /// <summary>
    /// No node starts a webhook of another node earlier than this after the other node answered a heartbeat, if it is unreachable for all
    /// that decide. The margin is not in it: a coordinator of shards that has just moved does not wait for it.
    /// </summary>
    public TimeSpan Earliest => Detection + Decision;

    /// <summary>
    /// The same of a node that is exiting: it is put out as soon as it is unreachable, without a decision. Webhooks are on such a node only
    /// when something else than its own shutdown has told it to leave (<c>Cluster.Leave</c>).
    /// </summary>
    public TimeSpan EarliestOfExiting => Detection;

    /// <param name="config">The whole configuration of the actor system.</param>
    public static TakeOverTime Of(Config config) => new(DetectionOf(config.GetConfig(DetectorSection)), DecisionOf(config), MarginOf(config));

    private static TimeSpan DetectionOf(Config detector)
    {
        var pause = detector.GetTimeSpan("acceptable-heartbeat-pause");
        return TypeNameOf(detector.GetString("implementation-class")) switch
        {
            // The usual time between two answers and its deviation come on top. Both are measured, so they cannot be counted on: answers that
            // were held up and come at once make them small.
            "Akka.Remote.PhiAccrualFailureDetector" => pause,
            "Akka.Remote.DeadlineFailureDetector" => pause + detector.GetTimeSpan("heartbeat-interval"),
            _ => TimeSpan.Zero,
        };
    }

    // What another provider waits for is not known. Without one an operator decides, at any time.
    private static TimeSpan DecisionOf(Config config) => IsSplitBrainResolver(config) ? config.GetTimeSpan(StableAfterKey) : TimeSpan.Zero;

    // Akka takes stable-after for a margin of zero.
    private static TimeSpan MarginOf(Config config)
    {
        var isOff = config.GetString(MarginKey).ToUpperInvariant() is "OFF" or "FALSE" or "NO";
        var margin = isOff ? TimeSpan.Zero : config.GetTimeSpan(MarginKey);
        return margin > TimeSpan.Zero ? margin : DecisionOf(config);
    }

    private static bool IsSplitBrainResolver(Config config) =>
        TypeNameOf(config.GetString(DowningKey)) is "Akka.Cluster.SBR.SplitBrainResolverProvider";

    private static string TypeNameOf(string type) => type.Split(',')[0].Trim();
}
