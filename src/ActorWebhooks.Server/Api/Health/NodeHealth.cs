using System.Collections.Immutable;

namespace ActorWebhooks.Server.Api.Health;

/// <summary>How a node is, in sentences that anybody may read.</summary>
internal sealed record NodeHealth
{
    public static NodeHealth Ready { get; } = new();

    /// <summary>Why it should get no requests now; none when it is ready.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What somebody should look at, though it works.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    public static NodeHealth NotReady(string reason) => new() { Reasons = [reason] };
}
