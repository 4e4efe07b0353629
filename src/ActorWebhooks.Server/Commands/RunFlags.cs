namespace ActorWebhooks.Server.Commands;

/// <summary>What <c>run</c> was told, as it was told; null is what was not said.</summary>
internal sealed record RunFlags(string Url)
{
    public string? ConfigFile { get; init; }

    public bool AllowEmptyConfigFile { get; init; }

    public string? ApiKey { get; init; }

    public string? HoconFile { get; init; }

    public string? DataFolder { get; init; }

    public string? Postgres { get; init; }

    public bool InMemory { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public ClusterFlags Cluster { get; init; } = new();
}
