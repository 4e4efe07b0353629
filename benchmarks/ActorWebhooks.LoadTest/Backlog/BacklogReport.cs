using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>What one backlog came to.</summary>
internal sealed record BacklogReport
{
    public required DatabaseKind Database { get; init; }

    public required int Events { get; init; }

    /// <summary>Before the first event.</summary>
    public required MemoryReport Idle { get; init; }

    public required double FillSeconds { get; init; }

    /// <summary>As soon as there was a receipt for the last event.</summary>
    public required MemoryReport Filled { get; init; }

    /// <summary>Some seconds later, left alone.</summary>
    public required MemoryReport Settled { get; init; }

    /// <summary>After a garbage collection that was asked for.</summary>
    public required MemoryReport Collected { get; init; }

    /// <summary>From the start of the second process to the first event at the receiver.</summary>
    public double FirstSeconds { get; init; }

    /// <summary>The same to the last one.</summary>
    public double AllSeconds { get; init; }

    /// <summary>Of the second process.</summary>
    public long DrainPeak { get; init; }

    public ArrivalReport? Arrived { get; init; }
}
