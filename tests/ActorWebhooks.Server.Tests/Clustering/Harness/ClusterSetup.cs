namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>How the nodes of a test run, and how much they are sent.</summary>
internal sealed record ClusterSetup
{
    /// <summary>
    /// The load of a long test, with the settings of a cluster as they are shipped, but that webhooks spread sooner over nodes that start.
    /// </summary>
    public static ClusterSetup Shipped { get; } = new()
    {
        Hocon = "akka.cluster.sharding.rebalance-interval = 2s",
        NarrowEvents = 5,
        PauseOfNarrow = TimeSpan.FromMilliseconds(50),
        PauseOfWide = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>Whether nodes reach each other through a <see cref="Network"/>.</summary>
    public bool IsCuttable { get; init; }

    /// <summary>Whether the nodes keep events in memory and not in PostgreSQL.</summary>
    public bool IsInMemory { get; init; }

    /// <summary>Settings of every node. By default a lost node is given up 5 s after it was missed.</summary>
    public string Hocon { get; init; } = """
        akka.cluster {
          split-brain-resolver.stable-after = 5s
          sharding.rebalance-interval = 2s
        }
        """;

    /// <summary>The most events in one request of a sender that sends to one webhook.</summary>
    public int NarrowEvents { get; init; } = 3;

    /// <summary>How long such a sender waits after each request.</summary>
    public TimeSpan PauseOfNarrow { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The same for a sender that sends to all webhooks at once.</summary>
    public TimeSpan PauseOfWide { get; init; } = TimeSpan.FromMilliseconds(20);
}
