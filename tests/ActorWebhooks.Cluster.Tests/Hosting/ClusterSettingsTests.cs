using ActorWebhooks.Cluster.Hosting;
using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Tests.Hosting;

public sealed class ClusterSettingsTests
{
    private const string Clustering = """
        akka { stdout-loglevel = OFF, loggers = [], actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }
        """;

    private const string OneNode = "a journal of one node: when a webhook moves to another node of the cluster, what waits for it "
        + "could not be read there. Use a database that all nodes reach, such as PostgreSQL, or durable = off.";

    [Fact]
    public void Defaults_are_those_of_the_profile()
    {
        var errors = new List<string>();
        var config = ShardedWebhooks.Profile.WithFallback(Webhooks.ReferenceConfig());

        var settings = ClusterSettings.Create(config, new ShardedWebhooksOptions(), errors);

        Assert.Empty(errors);
        Assert.Equal(("", 100), (settings.Role, settings.Shards));
        Assert.Equal((65_536, 1000, 1_048_576L), (settings.Hop.BundleBytes, settings.Hop.BundleEvents, settings.Hop.WindowBytes));
        Assert.Equal(
            (TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)),
            (settings.Hop.Linger, settings.Hop.ResendAfter, settings.Hop.ProbeInterval));
        Assert.Equal(
            (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)),
            (settings.PassivateAfter, settings.HandOver, settings.DriftPatience));
    }

    [Fact]
    public void Role_of_the_options_goes_over_that_of_the_application()
    {
        var config = ConfigurationFactory.ParseString("actor-webhooks.cluster.role = hocon").WithFallback(ShardedWebhooks.Profile);

        Assert.Equal("hocon", ClusterSettings.Create(config, new ShardedWebhooksOptions(), []).Role);
        Assert.Equal("code", ClusterSettings.Create(config, new ShardedWebhooksOptions { Role = "code" }, []).Role);
    }

    [Fact]
    public async Task Every_setting_that_is_not_right_is_named_at_once_with_what_was_found_and_what_is_accepted()
    {
        const string hocon = """
            actor-webhooks {
              match-cache-entries = 7
              cluster {
                shards = 0
                bundle-bytes = 1KiB
                bundle-events = many
                bundle-linger = soon
                window-bytes = 1000
                resend-after = 1ms
                probe-interval = 1ms
                passivate-after = 1ms
                hand-over-timeout = never
                rebalance-limit = 0
                drift-patience = 999ms
                max-connections = 15
                max-silent-connections = 0
                silence-timeout = 0
              }
            }
            akka.remote.dot-netty.tcp.maximum-frame-size = 128000
            journal { class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql", provider-name = SQLite.MS }
            """;

        var errors = await RefuseAsync(
            hocon + Clustering, new ShardedWebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = "journal" });

        Assert.Equal(
            [
                "actor-webhooks.cluster.max-connections = 15: accepted is an integer from 16 to 100,000.",
                "actor-webhooks.cluster.max-silent-connections = 0: accepted is an integer from 1 to 16.",
                "actor-webhooks.cluster.silence-timeout = 0: accepted is a duration of 0.1 s or more, such as 2m.",
                "actor-webhooks.cluster.bundle-bytes = 1KiB: accepted is a size such as 64MiB, 4,096 to 16,777,216 bytes.",
                "actor-webhooks.cluster.shards = 0: accepted is an integer from 1 to 10,000.",
                "actor-webhooks.cluster.rebalance-limit = 0: accepted is an integer from 1 to 10,000.",
                "actor-webhooks.cluster.bundle-events = many: accepted is an integer from 1 to 100,000.",
                "actor-webhooks.cluster.bundle-linger = soon: accepted is a duration of 0 s or more, such as 2m.",
                "actor-webhooks.cluster.window-bytes = 1000: accepted is a size such as 64MiB, 4,096 bytes or more.",
                "actor-webhooks.cluster.resend-after = 1ms: accepted is a duration of 0.1 s or more, such as 2m.",
                "actor-webhooks.cluster.probe-interval = 1ms: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.cluster.passivate-after = 1ms: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.cluster.hand-over-timeout = never: accepted is a duration of 0 s or more, such as 2m.",
                "actor-webhooks.cluster.drift-patience = 999ms: accepted is a duration of 1 s or more, such as 2m.",
                "actor-webhooks.match-cache-entries = 7: accepted is an integer from 100 to 10,000,000.",
                "akka.remote.dot-netty.tcp.maximum-frame-size = 128,000: accepted is 663,552 bytes or more, so that the largest bundle and the "
                    + "largest event (actor-webhooks.cluster.bundle-bytes, actor-webhooks.max-event-bytes) get through, and the largest answer.",
                $"journal is SQLite.MS, {OneNode}",
            ],
            errors);
    }

    [Fact]
    public async Task Errors_of_the_webhooks_stand_beside_those_of_the_settings()
    {
        var errors = await RefuseAsync(
            "actor-webhooks.cluster.shards = 0\n" + Clustering, new ShardedWebhooksOptions { ConfigText = "[webhook.a]\nurl = \"ftp://example.com\"\nevents = \"*\"" });

        Assert.Equal(2, errors.Count);
        Assert.StartsWith("actor-webhooks.cluster.shards = 0", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("ConfigText:2:7: url", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actor-webhooks.cluster.bundle-bytes = 2MiB, actor-webhooks.cluster.window-bytes = 4MiB", null, "2,109,344")]
    [InlineData("actor-webhooks.max-event-bytes = 1MiB", null, "1,061,280")]
    [InlineData("", 1_048_576L, "1,061,280")]
    [InlineData("actor-webhooks.cluster.bundle-events = 100000", null, "670,848")]
    [InlineData("", null, "663,552")]
    public async Task Frame_has_to_be_above_the_largest_bundle_event_and_answer(string hocon, long? maxEventBytes, string accepted)
    {
        var frame = int.Parse(accepted, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
        var options = new ShardedWebhooksOptions { ConfigText = "", MaxEventBytes = maxEventBytes };

        var error = Assert.Single(await RefuseAsync(
            $"akka.remote.dot-netty.tcp.maximum-frame-size = {frame - 1}\n{hocon}\n{Clustering}", options));
        Assert.Contains($"accepted is {accepted} bytes or more", error, StringComparison.Ordinal);

        Assert.Empty(await RefuseAsync($"akka.remote.dot-netty.tcp.maximum-frame-size = {frame}\n{hocon}\n{Clustering}", options));
    }

    [Fact]
    public async Task System_without_clustering_is_refused_with_what_to_do_beside_the_other_errors()
    {
        var errors = await RefuseAsync(
            "akka.stdout-loglevel = OFF\nactor-webhooks.cluster.shards = 0", new ShardedWebhooksOptions { ConfigText = "" });

        Assert.Equal(2, errors.Count);
        Assert.EndsWith(
            "webhooks in a cluster need clustering; use WithClustering of Akka.Cluster.Hosting, or set akka.actor.provider = cluster.",
            errors[0],
            StringComparison.Ordinal);
        Assert.StartsWith("actor-webhooks.cluster.shards = 0", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("journal { class = \"Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql\", provider-name = SQLite.MS }", "journal", "journal is SQLite.MS")]
    [InlineData("journal { class = \"Akka.Persistence.Sqlite.Journal.SqliteJournal, Akka.Persistence.Sqlite\" }", "journal", "journal is Akka.Persistence.Sqlite.Journal.SqliteJournal")]
    [InlineData("journal { class = \"Akka.Persistence.Sqlite.Journal.BatchingSqliteJournal, Akka.Persistence.Sqlite\" }", "journal", "journal is Akka.Persistence.Sqlite.Journal.BatchingSqliteJournal")]
    [InlineData("journal { class = \"Akka.Persistence.Journal.MemoryJournal, Akka.Persistence\" }", "journal", "journal is Akka.Persistence.Journal.MemoryJournal")]
    [InlineData("", "akka.persistence.journal.inmem", "akka.persistence.journal.inmem is Akka.Persistence.Journal.MemoryJournal")]
    public async Task Journal_of_one_node_is_refused_with_the_reason_and_what_to_do(string hocon, string? plugin, string words)
    {
        var error = Assert.Single(await RefuseAsync(
            $"{hocon}\n{Clustering}", new ShardedWebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = plugin }));

        Assert.StartsWith(words, error, StringComparison.Ordinal);
        Assert.EndsWith(OneNode, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "configure a journal plugin")]
    [InlineData("akka.persistence.journal.plugin = akka.persistence.journal.inmem", null, "configure a journal plugin")]
    [InlineData("", "nonsense", "there is no nonsense.class")]
    public async Task Journal_that_there_is_not_is_refused_with_what_to_do_beside_the_other_errors(string hocon, string? plugin, string words)
    {
        var errors = await RefuseAsync(
            $"actor-webhooks.cluster.shards = 0\n{hocon}\n{Clustering}", new ShardedWebhooksOptions { ConfigText = "", Durable = true, JournalPlugin = plugin });

        Assert.Equal(2, errors.Count);
        Assert.StartsWith("actor-webhooks.cluster.shards = 0", errors[0], StringComparison.Ordinal);
        Assert.Contains(words, errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_hosts_no_webhooks_needs_no_journal() =>
        Assert.Empty(await RefuseAsync(Clustering, new ShardedWebhooksOptions { ConfigText = "", Durable = true, Role = "webhooks" }));

    /// <returns>The errors; empty when it starts.</returns>
    private static async Task<IReadOnlyList<string>> RefuseAsync(string hocon, ShardedWebhooksOptions options)
    {
        var system = ActorSystem.Create("app", ConfigurationFactory.ParseString(hocon).WithFallback(ShardedWebhooks.Profile));
        try
        {
            ShardedWebhooks.Start(system, options);
            return [];
        }
        catch (WebhookConfigurationException e)
        {
            return e.Errors;
        }
        finally
        {
            await system.Terminate();
        }
    }
}
