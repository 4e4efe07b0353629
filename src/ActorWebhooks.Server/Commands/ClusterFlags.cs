namespace ActorWebhooks.Server.Commands;

/// <summary>What <c>run</c> was told about a cluster, as it was told; null is what was not said.</summary>
internal sealed record ClusterFlags
{
    public string? Port { get; init; }

    public string? Host { get; init; }

    public IReadOnlyList<string> Seeds { get; init; } = [];
}
