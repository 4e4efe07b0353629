using System.Collections.Immutable;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Lookup;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class RoleTests
{
    private const string Role = "hosts";
    private const string Hosting = $"akka.cluster.roles = [ {Role} ]";

    [Fact]
    public async Task Node_without_the_role_publishes_to_the_webhooks_that_it_knows_and_hosts_none()
    {
        await using var cluster = await TestCluster.CreateAsync();
        string[] ids = ["audit", "billing", "search", "mail"];
        TestNode[] hosts =
        [
            await cluster.StartAsync(cluster.Toml(ids), Hosting, Role),
            await cluster.StartAsync(cluster.Toml(ids), Hosting, Role),
        ];
        var publisher = await cluster.StartAsync(cluster.Toml(ids[..2]), role: Role);
        await TestCluster.SeeAsync(3, [.. hosts, publisher]);

        var receipt = await publisher.PublishAsync("all.test", "of the publisher".Replace(' ', '-'));
        Assert.Equal((2, true), (receipt.Accepted, receipt.IsAccepted));
        Assert.Equal(4, (await hosts[0].PublishAsync("all.test", "of-a-host")).Accepted);

        foreach (var id in ids)
            await Eventually.Equal(id is "audit" or "billing" ? 2 : 1, () => cluster.Receiver.TakenBy(id).Count);
        ImmutableHashSet<string> living = [.. await hosts[0].LivingAsync(), .. await hosts[1].LivingAsync()];
        Assert.Equal(ids.Order(), living.Order());
        Assert.Null((await publisher.System.ActorSelection($"/system/sharding/{ShardedWebhooks.TypeName}").Ask<ActorIdentity>(new Identify(0))).Subject);
        Assert.NotNull((await hosts[0].System.ActorSelection($"/system/sharding/{ShardedWebhooks.TypeName}").Ask<ActorIdentity>(new Identify(0))).Subject);
    }

    [Fact]
    public async Task Status_and_attempts_of_a_webhook_are_the_same_whichever_node_is_asked()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster);
        Assert.True((await nodes[0].PublishAsync("all.test", "1")).IsAccepted);
        await Eventually.Equal(1, () => cluster.Receiver.TakenBy("audit").Count);
        await Eventually.Equal(WebhookState.Idle, async () => (await StatusAsync(nodes[0])).State);

        foreach (var node in nodes)
        {
            // On a busy machine an answer may come too late.
            await Eventually.Equal((WebhookState.Idle, 1L, 1L, 0, 0), async () => Told(await StatusAsync(node)));
            await Eventually.Equal(
                (WebhookState.Idle, 1L, 1L, 0, 0),
                async () => Told(Assert.Single((await node.AskAsync<WebhooksStatus>(new GetWebhooks())).Webhooks)));
            var attempt = Assert.Single(await node.AskAsync<ImmutableArray<Attempt>>("audit", new GetAttempts()));
            Assert.Equal((1, Decision.Delivered, 200), (attempt.Events, attempt.Decision, attempt.Outcome.Status));
            Assert.Equal(new NoSuchWebhook("unknown"), await node.AskAsync<NoSuchWebhook>("unknown", new GetStatus()));
        }
    }

    [Fact]
    public async Task What_became_of_an_event_is_the_same_whichever_node_is_asked()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var nodes = await StartAsync(cluster);
        Assert.True((await nodes[0].PublishAsync("all.test", "1")).IsAccepted);
        await Eventually.Equal(1L, async () => (await StatusAsync(nodes[0])).Delivered);

        foreach (var node in nodes)
        {
            var findings = await node.AskAsync<EventFindings>("audit", new FindEvent("1"));
            Assert.Equal((EventFate.Delivered, "all.test"), (EventVerdict.Of(findings), findings.EventType));
            Assert.Equal(200, Assert.Single(findings.Attempts).Outcome.Status);
        }
    }

    [Fact]
    public async Task Webhook_is_paused_by_one_node_and_resumed_by_another()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster);

        foreach (var (one, other) in nodes.Zip(nodes.Skip(1).Append(nodes[0])))
        {
            Assert.Equal(WebhookState.Paused, (await one.AskAsync<WebhookStatus>("audit", new PauseWebhook())).State);
            Assert.True((await one.PublishAsync("all.test", $"{one.Address.Port}")).IsAccepted);
            await Eventually.Equal((WebhookState.Paused, 1), async () => await StatusAsync(other) is var status ? (status.State, status.Waiting) : default);
            Assert.DoesNotContain($"{one.Address.Port}", cluster.Receiver.TakenBy("audit"));

            Assert.NotEqual(WebhookState.Paused, (await other.AskAsync<WebhookStatus>("audit", new ResumeWebhook())).State);
            await Eventually.True(() => cluster.Receiver.TakenBy("audit").Contains($"{one.Address.Port}"));
        }
    }

    [Fact]
    public async Task Dead_letters_are_listed_replayed_and_dropped_from_any_node()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster);

        foreach (var node in nodes)
        {
            cluster.Receiver.Status = 400;
            string[] ids = [$"{node.Address.Port}-0", $"{node.Address.Port}-1"];
            foreach (var id in ids)
            {
                Assert.True((await node.PublishAsync("all.test", id)).IsAccepted);
                await Eventually.True(() => cluster.Receiver.Arrivals.Any(arrival => arrival.EventIds.Contains(id)));
            }

            await Eventually.Equal(2, async () => (await StatusAsync(node)).Dead);
            var first = await node.AskAsync<DeadLetterPage>("audit", new GetDeadLetters(Limit: 1));
            var letter = Assert.Single(first.Letters);
            Assert.Equal((ids[0], DeadLetterReason.Refused, 400), (letter.Event.Id, letter.Reason, letter.Status));
            var second = await node.AskAsync<DeadLetterPage>("audit", new GetDeadLetters(first.Next));
            Assert.Equal((ids[1], null), (Assert.Single(second.Letters).Event.Id, second.Next));
            Assert.Equal(new NoSuchPage("nonsense"), await node.AskAsync<NoSuchPage>("audit", new GetDeadLetters("nonsense")));

            cluster.Receiver.Status = 200;
            Assert.Equal(2, (await node.AskAsync<DeadLettersTaken>("audit", new ReplayDeadLetters())).Count);
            await Eventually.True(() => cluster.Receiver.TakenBy("audit").ToHashSet().IsSupersetOf(ids));

            cluster.Receiver.Status = 400;
            Assert.True((await node.PublishAsync("all.test", $"{node.Address.Port}-2")).IsAccepted);
            await Eventually.Equal(1, async () => (await StatusAsync(node)).Dead);
            Assert.Equal(1, (await node.AskAsync<DeadLettersTaken>("audit", new DropDeadLetters())).Count);
            await Eventually.Equal((WebhookState.Idle, 0), async () => await StatusAsync(node) is var status ? (status.State, status.Dead) : default);
        }
    }

    [Fact]
    public async Task Event_is_sent_to_one_webhook_alone_from_any_node_whatever_its_patterns()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster, "audit", "billing");

        foreach (var node in nodes)
        {
            var receipt = await node.AskAsync<PublishReceipt>(
                new SendToWebhook("audit", WebhookEvent.Create("webhook.test", new { }, $"{node.Address.Port}")));
            Assert.Equal((1, true), (receipt.Accepted, receipt.IsAccepted));
            Assert.Equal(
                new NoSuchWebhook("unknown"),
                await node.AskAsync<NoSuchWebhook>(new SendToWebhook("unknown", WebhookEvent.Create("webhook.test", new { }))));
        }

        await Eventually.Equal(nodes.Length, () => cluster.Receiver.TakenBy("audit").Count);
        Assert.Equal(nodes.Select(node => $"{node.Address.Port}"), cluster.Receiver.TakenBy("audit"));
        Assert.Empty(cluster.Receiver.TakenBy("billing"));
    }

    [Fact]
    public async Task Webhooks_whose_host_was_lost_are_unreachable_in_the_status()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(["audit", "billing"]);
        var host = await cluster.StartAsync(toml, Hosting, Role);
        var publisher = await cluster.StartAsync(toml, role: Role);
        await TestCluster.SeeAsync(2, host, publisher);
        Assert.Equal(2, (await publisher.PublishAsync("all.test", "1")).Accepted);

        await host.CrashAsync();

        var all = await publisher.AskAsync<WebhooksStatus>(new GetWebhooks());
        Assert.Equal(
            [("audit", WebhookState.Unreachable), ("billing", WebhookState.Unreachable)],
            all.Webhooks.Select(webhook => (webhook.WebhookId, webhook.State)));
        Assert.Equal(WebhookState.Unreachable, (await StatusAsync(publisher)).State);
    }

    private static (WebhookState State, long Accepted, long Delivered, int Waiting, int Dead) Told(WebhookStatus status) =>
        (status.State, status.Accepted, status.Delivered, status.Waiting, status.Dead);

    private static Task<WebhookStatus> StatusAsync(TestNode node) => node.AskAsync<WebhookStatus>("audit", new GetStatus());

    /// <summary>Two nodes with the role, and one without.</summary>
    private static async Task<TestNode[]> StartAsync(TestCluster cluster, params string[] webhookIds)
    {
        var toml = cluster.Toml(webhookIds.DefaultIfEmpty("audit"));
        TestNode[] nodes =
        [
            await cluster.StartAsync(toml, Hosting, Role),
            await cluster.StartAsync(toml, Hosting, Role),
            await cluster.StartAsync(toml, role: Role),
        ];
        await TestCluster.SeeAsync(3, nodes);
        return nodes;
    }
}
