using System.Collections.Concurrent;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class ConfigurationTests : IDisposable
{
    private const string Impatient = "actor-webhooks.cluster.drift-patience = 1s";
    private const string Secret = "hush-hush";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Difference_between_two_hosts_is_a_warning_on_both_until_their_files_are_the_same()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(["audit"]);
        var (one, other) = (await WriteAsync("one", toml), await WriteAsync("other", $"{toml}signature-key = \"{Secret}\"\n"));
        TestNode[] nodes = [await cluster.StartFromFileAsync(one, Impatient), await cluster.StartFromFileAsync(other, Impatient)];
        var logs = nodes.Select(Listen).ToArray();
        await TestCluster.SeeAsync(2, nodes);

        foreach (var ((node, of), log) in nodes.Zip(nodes.Reverse()).Zip(logs))
        {
            await Eventually.Equal(1, async () => (await node.WarningsAsync()).Length);
            var warning = Assert.Single(await node.WarningsAsync());
            Assert.StartsWith($"{of.Address} has another configuration than this node: 1 webhooks there, 1 here. ", warning, StringComparison.Ordinal);
            Assert.Equal(warning, Assert.Single((await node.AskAsync<WebhooksStatus>(new GetWebhooks())).Warnings));
            await Eventually.Equal(1, () => log.OfType<Warning>().Count(line => $"{line.Message}" == warning));
        }

        await File.WriteAllTextAsync(one, await File.ReadAllTextAsync(other));
        await nodes[0].ReloadAsync();

        foreach (var (node, log) in nodes.Zip(logs))
        {
            await Eventually.Equal(0, async () => (await node.WarningsAsync()).Length);
            Assert.Empty((await node.AskAsync<WebhooksStatus>(new GetWebhooks())).Warnings);
            await Eventually.Equal(1, () => log.OfType<Info>().Count(line => $"{line.Message}".Contains("the same configuration", StringComparison.Ordinal)));
            Assert.DoesNotContain(log, line => $"{line}".Contains(Secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Webhook_that_its_host_does_not_have_is_refused_with_the_reason_and_what_was_told_arrives_once_the_host_has_it()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(["audit", "late"]);
        var file = await WriteAsync("host", cluster.Toml(["audit"]));
        var host = await cluster.StartFromFileAsync(file, "akka.cluster.roles = [ hosts ]", "hosts");
        var publisher = await cluster.StartAsync(toml, role: "hosts");
        await TestCluster.SeeAsync(2, host, publisher);

        publisher.Router.Tell(WebhookEvent.Create("only.late", new { }, "told"), ActorRefs.NoSender);
        var receipt = await publisher.PublishAsync("all.test", "published");

        Assert.Equal(1, receipt.Accepted);
        Assert.Equal([new PublishRefusal("late", "published", RefusalReason.NotConfigured)], receipt.Refusals);
        await Eventually.Equal("audit Idle, late Unreachable", () => StatesAsync(publisher));

        await File.WriteAllTextAsync(file, toml);
        await host.ReloadAsync();

        await Eventually.True(() => cluster.Receiver.TakenBy("late").Contains("told"));
        await Eventually.Equal((true, 2), async () => await publisher.PublishAsync("all.test", "later") is var later ? (later.IsAccepted, later.Accepted) : default);
        await Eventually.True(() => cluster.Receiver.TakenBy("late").Contains("later"));
        Assert.DoesNotContain("published", cluster.Receiver.TakenBy("late"));
        await Eventually.Equal("audit Idle, late Idle", () => StatesAsync(publisher));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Webhook_that_is_removed_from_all_files_delivers_what_it_holds_and_stops_and_works_when_it_is_added_again(bool isDurable)
    {
        // It is not the time that ends the delivery. A question that comes late wakes the webhook, though it has no configuration.
        const string settings = "actor-webhooks { drain-timeout = 10m, cluster.passivate-after = 1s }";
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var toml = cluster.Toml(["audit", "other"], "throttle = 0\nretry.initial = 100\nretry.max = 200");
        string[] files = [await WriteAsync("one", toml), await WriteAsync("two", toml)];
        TestNode[] nodes = [await cluster.StartFromFileAsync(files[0], settings), await cluster.StartFromFileAsync(files[1], settings)];
        await TestCluster.SeeAsync(2, nodes);
        cluster.Receiver.Status = 503;
        List<string> published = [];
        foreach (var node in nodes)
        {
            for (var i = 0; i < 10; i++)
            {
                published.Add($"{node.Address.Port}-{i}");
                Assert.True((await node.PublishAsync("only.audit", published[^1])).IsAccepted);
            }
        }

        await GiveAsync(files, nodes, cluster.Toml(["other"]));
        cluster.Receiver.Status = 200;

        await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy("audit").Count);
        Assert.Equal(published, cluster.Receiver.TakenBy("audit"));
        foreach (var node in nodes)
        {
            await Eventually.Equal("other", async () => string.Join(' ', (await node.AskAsync<WebhooksStatus>(new GetWebhooks())).Webhooks.Select(webhook => webhook.WebhookId)));
            await Eventually.True(async () => !(await node.LivingAsync()).Contains("audit"));
            Assert.Equal(0, (await node.PublishAsync("only.audit", "to-nobody")).Accepted);
        }

        await GiveAsync(files, nodes, toml);
        foreach (var node in nodes)
        {
            await Eventually.True(async () => (await node.PublishAsync("only.audit", $"again-{node.Address.Port}")).Accepted == 1);
            await Eventually.True(() => cluster.Receiver.TakenBy("audit").Contains($"again-{node.Address.Port}"));
        }

        Assert.Empty(cluster.Receiver.Overlaps);
    }

    [Fact]
    public async Task Endpoint_that_is_gone_gets_no_other_chance_by_a_change_of_other_webhooks()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var file = await WriteAsync("webhooks", cluster.Toml(["audit"]));
        var node = await cluster.StartFromFileAsync(file);
        cluster.Receiver.Status = 410;
        Assert.Equal(1, (await node.PublishAsync("only.audit", "unwanted")).Accepted);
        await Eventually.Equal("audit Gone", () => StatesAsync(node));

        await GiveAsync([file], [node], cluster.Toml(["audit", "billing"]));
        await Eventually.Equal("audit Gone, billing Idle", () => StatesAsync(node));
        await GiveAsync([file], [node], cluster.Toml(["audit"], "throttle = 1"));

        await Eventually.Equal("audit Idle", () => StatesAsync(node));
    }

    private static async Task<string> StatesAsync(TestNode node) =>
        string.Join(", ", (await node.AskAsync<WebhooksStatus>(new GetWebhooks())).Webhooks.Select(webhook => $"{webhook.WebhookId} {webhook.State}"));

    private static async Task GiveAsync(string[] files, TestNode[] nodes, string toml)
    {
        foreach (var (file, node) in files.Zip(nodes))
        {
            // As a whole: a node that looked in between would find an empty file.
            await File.WriteAllTextAsync($"{file}.new", toml);
            File.Move($"{file}.new", file, overwrite: true);
            await node.ReloadAsync();
        }
    }

    /// <summary>What the node logs from now on.</summary>
    private static ConcurrentQueue<LogEvent> Listen(TestNode node)
    {
        var lines = new ConcurrentQueue<LogEvent>();
        var listener = node.System.ActorOf(Props.Create(() => new Listener(lines)));
        node.System.EventStream.Subscribe(listener, typeof(LogEvent));
        return lines;
    }

    private async Task<string> WriteAsync(string name, string toml)
    {
        var file = Path.Combine(_folder.FullName, $"{name}.toml");
        await File.WriteAllTextAsync(file, toml);
        return file;
    }

    private sealed class Listener(ConcurrentQueue<LogEvent> lines) : UntypedActor
    {
        protected override void OnReceive(object message) => lines.Enqueue((LogEvent)message);
    }
}
