using ActorWebhooks.Actors;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// Watches over the coordinator of the shards, which says where a webhook lives. Without it, webhooks whose place is not known yet get nothing,
/// so a node that does not find it is not ready.
/// </summary>
/// <param name="way">Passes the question on to the coordinator that it knows: the region of this node, or its proxy.</param>
/// <param name="condition">Of this way.</param>
internal sealed class CoordinatorActor(IActorRef way, ReadinessCondition condition) : RestingActor
{
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <summary>Longer than others need to take over from a node that is lost.</summary>
    public const int MostUnanswered = 15;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly NodeReadiness _readiness = NodeReadiness.Get(Context.System);

    private int _unanswered;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ask:
                if (_unanswered++ == MostUnanswered)
                {
                    _log.Error(
                        "The coordinator of the shards has not answered {0} for {1} s. If this goes on, restart this node, and then the oldest one of the cluster.",
                        way.Path.Name,
                        Silence.TotalSeconds);
                    _readiness.Set(condition, $"The coordinator of the shards has not answered for {Silence.TotalSeconds} s.");
                }

                way.Tell(GetCurrentRegions.Instance);
                break;
            case CurrentRegions { Regions.Count: > 0 }:
                if (_unanswered > MostUnanswered)
                    _log.Info("The coordinator of the shards answers again.");
                _unanswered = 0;
                _readiness.Clear(condition);
                break;
        }
    }

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Ask), Ask.Instance, AskEvery);

    private static TimeSpan Silence => AskEvery * MostUnanswered;

    private sealed class Ask
    {
        public static readonly Ask Instance = new();
    }
}
