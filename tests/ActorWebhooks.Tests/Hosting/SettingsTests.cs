using ActorWebhooks.Hosting;
using Akka.Configuration;

namespace ActorWebhooks.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Defaults_are_those_of_the_reference()
    {
        var settings = Create("", new WebhooksOptions { ConfigFile = "webhooks.toml" });

        Assert.Equal("webhooks.toml", settings.ConfigFile);
        Assert.Equal(262_144, settings.Routing.MaxEventBytes);
        Assert.Equal(10_000, settings.Routing.MatchCacheEntries);
        Assert.Equal(67_108_864, settings.Outbox.MaxBytes);
        Assert.Equal(536_870_912, settings.Outbox.MaxNodeBytes);
        Assert.Equal(TimeSpan.FromMinutes(2), settings.ConnectionLifetime);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.IdleConnectionLifetime);
    }

    [Fact]
    public void Options_go_over_the_application_and_the_application_over_the_reference()
    {
        const string application = """
            actor-webhooks { config-file = "from-hocon.toml", max-event-bytes = 1KiB, outbox.max-bytes = 2MiB }
            """;

        var settings = Create(application, new WebhooksOptions { OutboxMaxBytes = 3 * 1024 * 1024 });

        Assert.Equal("from-hocon.toml", settings.ConfigFile);
        Assert.Equal(1024, settings.Routing.MaxEventBytes);
        Assert.Equal(3 * 1024 * 1024, settings.Outbox.MaxBytes);
    }

    [Theory]
    [InlineData("off", true, true)]
    [InlineData("on", false, false)]
    [InlineData("on", null, true)]
    [InlineData("off", null, false)]
    public void Option_to_be_durable_goes_over_the_application_whether_it_says_yes_or_no(string application, bool? option, bool isDurable)
    {
        var settings = Create($"actor-webhooks.durable = {application}", new WebhooksOptions { ConfigText = "", Durable = option });

        Assert.Equal(isDurable, settings.Journal is not null);
    }

    [Theory]
    [InlineData("", 64L << 30)]
    [InlineData("actor-webhooks.outbox.max-node-durable-bytes = 3GiB", 3L << 30)]
    public void What_all_durable_webhooks_may_keep_is_that_of_the_reference_or_of_the_application(string application, long expected) =>
        Assert.Equal(expected, Create(application, new WebhooksOptions { ConfigText = "", Durable = true }).Journal?.Limits.MaxNodeBytes);

    [Fact]
    public void Attempts_are_kept_for_three_days_and_in_64_MiB_unless_the_application_says_otherwise()
    {
        var limits = LogOf("");
        Assert.Equal((TimeSpan.FromDays(3), 64L << 20), (limits!.MaxAge, limits.MaxBytes));
        limits = LogOf("actor-webhooks.attempt-log { max-age = 1h, max-bytes = 2MiB }");
        Assert.Equal((TimeSpan.FromHours(1), 2L << 20), (limits!.MaxAge, limits.MaxBytes));
        Assert.Null(LogOf("actor-webhooks.attempt-log.max-bytes = 0"));

        static ActorWebhooks.Journal.Attempts.AttemptLogLimits? LogOf(string application) =>
            Create(application, new WebhooksOptions { ConfigText = "", Durable = true }).Journal!.Limits.Attempts;
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("actor-webhooks.journal.plugin = from.hocon", null, "from.hocon")]
    [InlineData("actor-webhooks.journal.plugin = from.hocon", "from.code", "from.code")]
    [InlineData("actor-webhooks.journal.plugin = from.hocon", "", "")]
    public void Journal_plugin_of_the_options_goes_over_that_of_the_application(string application, string? option, string expected)
    {
        var settings = Create(application, new WebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = option });

        Assert.Equal(expected, settings.Journal?.Plugin);
    }

    [Fact]
    public void Every_setting_that_is_not_right_is_named_at_once_with_what_was_found_and_what_is_accepted()
    {
        const string application = """
            actor-webhooks {
              max-event-bytes = lots
              match-cache-entries = 7
              outbox.max-bytes = 1KiB
              http.connection-lifetime = soon
              http.idle-connection-lifetime = 1ms
              http.max-connections = many
              http.slow-after = 1ms
              http.dns.max-threads = 7
              attempt-log { max-age = long, max-bytes = many }
            }
            """;

        var refused = Assert.Throws<WebhookConfigurationException>(() => Create(application, new WebhooksOptions { OutboxMaxNodeBytes = 5 }));

        Assert.Equal(
            [
                "actor-webhooks.max-event-bytes = lots: accepted is a size such as 64MiB, 1 to 16,777,216 bytes.",
                "actor-webhooks.outbox.max-bytes = 1KiB: accepted is a size such as 64MiB, 1,048,576 bytes or more.",
                "actor-webhooks.match-cache-entries = 7: accepted is an integer from 100 to 10,000,000.",
                "WebhooksOptions.OutboxMaxNodeBytes = 5: accepted is a size such as 64MiB, 1,048,576 bytes or more.",
                "actor-webhooks.http.connection-lifetime = soon: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.http.idle-connection-lifetime = 1ms: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.http.max-connections = many: accepted is an integer from 2 to 1,000,000, or auto.",
                "actor-webhooks.http.slow-after = 1ms: accepted is a duration of 0.01 s or more, such as 2m.",
                "actor-webhooks.http.dns.max-threads = 7: accepted is an integer from 8 to 1,024.",
                "actor-webhooks.attempt-log.max-age = long: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.attempt-log.max-bytes = many: accepted is a size such as 64MiB, 0 bytes or more.",
                "No webhooks are configured: name a TOML file in WebhooksOptions.ConfigFile or in actor-webhooks.config-file.",
            ],
            refused.Errors);
    }

    [Theory]
    [InlineData("", 7, 7)]
    [InlineData("actor-webhooks.http.max-connections = 12", null, 12)]
    [InlineData("actor-webhooks.http.max-connections = 12", 7, 7)]
    public void Most_connections_are_those_of_the_options_or_of_the_application(string application, int? option, int expected) =>
        Assert.Equal(expected, Create(application, new WebhooksOptions { ConfigText = "", MaxConnections = option }).Connections.Max);

    [Fact]
    public void Most_connections_come_from_the_limit_of_the_process_when_nobody_says_how_many() =>
        Assert.InRange(Create("", new WebhooksOptions { ConfigText = "" }).Connections.Max, 8, 4096);

    [Fact]
    public void Most_connections_in_the_options_are_checked() =>
        Assert.Equal(
            ["WebhooksOptions.MaxConnections = 1: accepted is an integer from 2 to 1,000,000."],
            Assert.Throws<WebhookConfigurationException>(() => Create("", new WebhooksOptions { ConfigText = "", MaxConnections = 1 })).Errors);

    [Fact]
    public void File_and_text_together_are_refused() =>
        Assert.Equal(
            ["WebhooksOptions: both ConfigFile and ConfigText are set; accepted: one of them."],
            Assert.Throws<WebhookConfigurationException>(() => Create("", new WebhooksOptions { ConfigFile = "a", ConfigText = "b" })).Errors);

    private static WebhooksSettings Create(string application, WebhooksOptions options) =>
        WebhooksSettings.Create(ConfigurationFactory.ParseString(application).WithFallback(Webhooks.ReferenceConfig()), options);
}
