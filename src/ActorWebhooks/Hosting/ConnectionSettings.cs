using ActorWebhooks.Connections;

namespace ActorWebhooks.Hosting;

/// <summary>The checked settings of the connections to endpoints.</summary>
/// <param name="Max">How many may be open at once, and how many attempts may be under way.</param>
/// <param name="SlowAfter">How long an attempt may last before it is slow.</param>
internal sealed record ConnectionSettings(int Max, TimeSpan SlowAfter)
{
    private const int MostConnections = 1_000_000;

    public static ConnectionSettings Create(SettingsReader reader, WebhooksOptions options) => new(
        reader.IntegerOrAuto(
            "http.max-connections", nameof(WebhooksOptions.MaxConnections), options.MaxConnections, 2, MostConnections)
            ?? HandleBudget.OfProcess().Deliveries,
        reader.Duration("http.slow-after", TimeSpan.FromMilliseconds(10)));
}
