using ActorWebhooks.LoadTest.Contenders;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>What one run does.</summary>
internal sealed record LoadPlan
{
    public string Contender { get; init; } = ContenderCatalog.Engine;

    public int Events { get; init; } = 4_000_000;

    public int WarmUp { get; init; } = 3_000_000;

    public int EventBytes { get; init; } = 220;

    public int BatchEvents { get; init; } = 5_000;

    public int BatchBytes { get; init; } = 64 * 1024 * 1024;

    public int ThrottleMilliseconds { get; init; } = 100;

    public int Producers { get; init; } = 1;

    public int Rate { get; init; }

    public int Outstanding { get; init; } = 400_000;

    /// <summary>Connection string of a PostgreSQL server; null: one is started, if one is needed.</summary>
    public string? Postgres { get; init; }

    public WebhookPopulation Webhooks { get; init; } = new();

    public Target TargetAt(Uri url) =>
        new(url, "ovos-moles", BatchEvents, BatchBytes, TimeSpan.FromMilliseconds(ThrottleMilliseconds), Webhooks);
}
