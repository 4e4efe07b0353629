using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class SleepTests
{
    private const string SoonAsleep = "actor-webhooks.cluster.passivate-after = 1s";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Webhook_that_has_nothing_to_do_sleeps_and_wakes_for_the_next_event(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var toml = cluster.Toml(["audit"]);
        TestNode[] nodes = [await cluster.StartAsync(toml, SoonAsleep), await cluster.StartAsync(toml, SoonAsleep)];
        await TestCluster.SeeAsync(2, nodes);

        List<string> published = [];
        foreach (var node in nodes.Concat(nodes))
        {
            published.Add($"{published.Count}");
            Assert.True((await node.PublishAsync("all.test", published[^1])).IsAccepted);
            await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy("audit").Count);
            await AsleepAsync("audit", nodes);
        }

        Assert.Equal(published, cluster.Receiver.TakenBy("audit"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Webhook_with_events_that_wait_stays_awake_until_they_are_delivered(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var node = await cluster.StartAsync(cluster.Toml(["audit", "clock"], "throttle = 0\nretry.initial = 50\nretry.max = 100"), SoonAsleep);
        cluster.Receiver.Status = 503;
        Assert.True((await node.PublishAsync("only.audit", "1")).IsAccepted);

        await SeveralSleepsLaterAsync(node);

        Assert.Contains("audit", await node.LivingAsync());
        cluster.Receiver.Status = 200;
        await Eventually.Equal(1, () => cluster.Receiver.TakenBy("audit").Count);
        await AsleepAsync("audit", node);
    }

    [Fact]
    public async Task Webhook_whose_dead_letters_are_in_memory_alone_stays_awake_until_they_are_dropped()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var node = await cluster.StartAsync(cluster.Toml(["audit", "clock"]), SoonAsleep);
        cluster.Receiver.Status = 400;
        Assert.True((await node.PublishAsync("only.audit", "1")).IsAccepted);
        await Eventually.Equal(1, async () => (await node.AskAsync<WebhookStatus>("audit", new GetStatus())).Dead);

        await SeveralSleepsLaterAsync(node);

        Assert.Contains("audit", await node.LivingAsync());
        Assert.Equal(1, (await node.AskAsync<DeadLettersTaken>("audit", new DropDeadLetters())).Count);
        await AsleepAsync("audit", node);
    }

    [Fact]
    public async Task Webhook_that_is_paused_in_memory_alone_stays_awake_until_it_is_resumed()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var node = await cluster.StartAsync(cluster.Toml(["audit", "clock"]), SoonAsleep);
        await node.AskAsync<WebhookStatus>("audit", new PauseWebhook());

        await SeveralSleepsLaterAsync(node);

        Assert.Contains("audit", await node.LivingAsync());
        Assert.Equal(WebhookState.Idle, (await node.AskAsync<WebhookStatus>("audit", new ResumeWebhook())).State);
        await AsleepAsync("audit", node);
    }

    [Fact]
    public async Task Durable_webhook_keeps_its_dead_letters_and_its_pause_when_it_sleeps()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var node = await cluster.StartAsync(cluster.Toml(["audit"]), SoonAsleep);
        cluster.Receiver.Status = 400;
        Assert.True((await node.PublishAsync("all.test", "1")).IsAccepted);
        await Eventually.Equal(1, async () => (await node.AskAsync<WebhookStatus>("audit", new GetStatus())).Dead);
        await node.AskAsync<WebhookStatus>("audit", new PauseWebhook());
        cluster.Receiver.Status = 200;

        await AsleepAsync("audit", node);

        await Eventually.Equal(
            (WebhookState.Paused, 1),
            async () => await node.AskAsync<WebhookStatus>("audit", new GetStatus()) is var status ? (status.State, status.Dead) : default);
        Assert.True((await node.PublishAsync("all.test", "2")).IsAccepted);
        await node.AskAsync<DeadLettersTaken>("audit", new ReplayDeadLetters());
        Assert.Empty(cluster.Receiver.TakenBy("audit"));
        await node.AskAsync<WebhookStatus>("audit", new ResumeWebhook());
        await Eventually.Equal("1 2", () => string.Join(' ', cluster.Receiver.TakenBy("audit").Order()));
    }

    /// <summary>Waits until the webhook lives on none of the nodes.</summary>
    private static Task AsleepAsync(string webhookId, params TestNode[] nodes) => Eventually.True(async () =>
    {
        foreach (var node in nodes)
        {
            if ((await node.LivingAsync()).Contains(webhookId))
                return false;
        }

        return true;
    });

    /// <summary>Waits until another webhook of the node, which has nothing to do, has woken and gone to sleep again and again.</summary>
    private static async Task SeveralSleepsLaterAsync(TestNode node)
    {
        for (var sleep = 0; sleep < 3; sleep++)
        {
            await node.AskAsync<WebhookStatus>("clock", new GetStatus());
            await AsleepAsync("clock", node);
        }
    }
}
