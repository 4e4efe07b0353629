using System.Text.Json.Serialization;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>What one run came to.</summary>
internal sealed record RunReport
{
    public required LoadPlan Plan { get; init; }

    /// <summary>From the start of the process that runs the contender until it was ready.</summary>
    public double StartSeconds { get; init; }

    /// <summary>In RAM when it was ready, before the first event.</summary>
    public long IdleBytes { get; init; }

    /// <summary>Of that, what lives on the managed heap.</summary>
    public long IdleHeapBytes { get; init; }

    /// <summary>From the first event made to the last one counted by the receiver.</summary>
    public double Seconds { get; init; }

    /// <summary>Of the contender and its helper process, in user and kernel mode.</summary>
    public double CpuSeconds { get; init; }

    public double ReceiverCpuSeconds { get; init; }

    public long PeakBytes { get; init; }

    public long AllocatedBytes { get; init; }

    public int Gen0 { get; init; }

    public int Gen1 { get; init; }

    public int Gen2 { get; init; }

    /// <summary>Of the receiver, or of the contender where that is its own.</summary>
    public ArrivalReport? Arrived { get; init; }

    [JsonIgnore]
    public double EventsPerSecond => Arrived!.Events / Seconds;

    [JsonIgnore]
    public double CpuPerMillion => CpuSeconds * 1e6 / Arrived!.Events;

    [JsonIgnore]
    public double AllocatedPerEvent => (double)AllocatedBytes / Plan.Events;
}
