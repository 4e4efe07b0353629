using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.Readiness;

/// <summary>
/// Why a node cannot accept events now, as far as its parts know. A part sets its reason and clears it; a reason that is never cleared
/// lasts until the process ends. May be used from any thread.
/// </summary>
internal sealed class NodeReadiness : IExtension
{
    private readonly string?[] _reasons = new string?[Enum.GetValues<ReadinessCondition>().Length];
    private int _wasRead;

    public static NodeReadiness Get(ActorSystem system) => system.WithExtension<NodeReadiness, Provider>();

    /// <summary>Makes the node not ready.</summary>
    /// <param name="condition">What is wrong. A reason that was set for it before is replaced.</param>
    /// <param name="reason">One sentence that anybody may read: no paths, no hosts, no secrets.</param>
    public void Set(ReadinessCondition condition, string reason) => Volatile.Write(ref _reasons[(int)condition], reason);

    /// <summary>The condition holds no more; nothing happens when it did not.</summary>
    public void Clear(ReadinessCondition condition) => Volatile.Write(ref _reasons[(int)condition], null);

    /// <returns>One sentence for each condition that holds; empty when the node is ready.</returns>
    public ImmutableArray<string> ReadReasons()
    {
        Volatile.Write(ref _wasRead, 1);
        var reasons = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < _reasons.Length; i++)
        {
            if (Volatile.Read(ref _reasons[i]) is { } reason)
                reasons.Add(reason);
        }

        return reasons.ToImmutable();
    }

    /// <summary>Whether somebody has read the reasons since this was asked last. What costs something is checked only for a reader.</summary>
    public bool TakeWasRead() => Interlocked.Exchange(ref _wasRead, 0) == 1;

    private sealed class Provider : ExtensionIdProvider<NodeReadiness>
    {
        public override NodeReadiness CreateExtension(ExtendedActorSystem system) => new();
    }
}
