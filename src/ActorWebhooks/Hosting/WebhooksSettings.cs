using System.Globalization;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using Akka.Configuration;

namespace ActorWebhooks.Hosting;

/// <summary>The checked settings of a node: options in code over application HOCON over <c>reference.conf</c>.</summary>
internal sealed record WebhooksSettings(
    string? ConfigFile,
    string? ConfigText,
    bool AllowEmptyFile,
    RoutingLimits Routing,
    OutboxLimits Outbox,
    DeadLetterLimits DeadLetters,
    TimeSpan ReloadQuietTime,
    TimeSpan DrainTimeout,
    TimeSpan ConnectionLifetime,
    TimeSpan IdleConnectionLifetime,
    ConnectionSettings Connections,
    EgressSettings Egress,
    NameResolutionSettings NameResolution,
    JournalSettings? Journal)
{
    public const string Section = "actor-webhooks";

    private const long MiB = 1024 * 1024;

    /// <exception cref="WebhookConfigurationException">Every setting that is not right, at once.</exception>
    public static WebhooksSettings Create(Config config, WebhooksOptions options)
    {
        var errors = new List<string>();
        var reader = new SettingsReader(config.GetConfig(Section), errors);
        var maxEventBytes = MaxEventBytes(reader, options);

        // Room for the largest event at least, with all that it takes besides its data.
        var outboxMaxBytes = reader.Size(
            "outbox.max-bytes", nameof(WebhooksOptions.OutboxMaxBytes), options.OutboxMaxBytes, Math.Max(MiB, maxEventBytes + 4096), long.MaxValue);
        var settings = new WebhooksSettings(
            options.ConfigFile ?? (options.ConfigText is null ? reader.Text("config-file") : null),
            options.ConfigText,
            options.AllowEmptyConfigFile ?? reader.Switch("allow-empty-config-file"),
            new RoutingLimits(
                maxEventBytes,
                reader.Integer("match-cache-entries", 100, 10_000_000)),
            new OutboxLimits(
                outboxMaxBytes,
                reader.Size(
                    "outbox.max-node-bytes", nameof(WebhooksOptions.OutboxMaxNodeBytes), options.OutboxMaxNodeBytes, outboxMaxBytes, long.MaxValue)),
            new DeadLetterLimits(
                reader.Integer("dead-letters.max-events", 0, 1_000_000),
                reader.Size("dead-letters.max-bytes", "", null, 0, long.MaxValue),
                reader.Size("dead-letters.max-durable-bytes", "", null, 0, long.MaxValue),
                reader.Duration("dead-letters.max-age", TimeSpan.FromSeconds(1))),
            reader.Duration("reload-quiet-time", TimeSpan.FromMilliseconds(10)),
            reader.Duration("drain-timeout", TimeSpan.Zero),
            reader.Duration("http.connection-lifetime", TimeSpan.FromSeconds(1)),
            reader.Duration("http.idle-connection-lifetime", TimeSpan.FromSeconds(1)),
            ConnectionSettings.Create(reader, options),
            EgressSettings.Create(reader),
            new NameResolutionSettings(
                reader.Integer("http.dns.max-threads", NameResolutionSettings.MinThreads, 1024),
                reader.Duration("http.dns.answer-lifetime", TimeSpan.Zero),
                reader.Duration("http.dns.stale-lifetime", TimeSpan.Zero)),
            JournalSettings.Create(reader, options));

        if (options is { ConfigFile: not null, ConfigText: not null })
            errors.Add("WebhooksOptions: both ConfigFile and ConfigText are set; accepted: one of them.");
        if (settings.ConfigText is null && string.IsNullOrWhiteSpace(settings.ConfigFile))
            errors.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"No webhooks are configured: name a TOML file in WebhooksOptions.ConfigFile or in {Section}.config-file."));
        return errors.Count == 0 ? settings : throw new WebhookConfigurationException(errors);
    }
    public static long MaxEventBytes(SettingsReader reader, WebhooksOptions options) =>
        reader.Size("max-event-bytes", nameof(WebhooksOptions.MaxEventBytes), options.MaxEventBytes, 1, 16 * MiB);
}
