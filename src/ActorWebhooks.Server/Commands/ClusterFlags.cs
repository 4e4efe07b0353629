namespace ActorWebhooks.Server.Commands;

/// <summary>What <c>run</c> was told about a cluster, as it was told; null is what was not said.</summary>
internal sealed record ClusterFlags
{
    public string? Port { get; init; }

    public string? Host { get; init; }

    public IReadOnlyList<string> Seeds { get; init; } = [];

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public string? TlsAuthority { get; init; }

    /// <summary>Whether others may reach a node without TLS.</summary>
    public bool Insecure { get; init; }
}
