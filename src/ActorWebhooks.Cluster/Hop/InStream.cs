using Akka.Actor;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>What a webhook knows of one sender.</summary>
/// <param name="courier">Who wants to hear of it.</param>
internal sealed class InStream(long id, IActorRef courier, long @base)
{
    public long Id => id;

    public IActorRef Courier => courier;

    /// <summary>The next event must be this.</summary>
    public long Received { get; set; } = @base;

    /// <summary>The sender need not keep those before this.</summary>
    public long Released { get; set; } = @base;

    /// <summary>Whether the sender is no more, so that nobody else keeps its events.</summary>
    public bool IsOrphaned { get; set; }

    /// <summary>Which gap the sender has been told of.</summary>
    public long ToldGap { get; set; } = -1;
}
