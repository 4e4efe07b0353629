using ActorWebhooks.Tests.EndToEnd.Durable;
using ActorWebhooks.Tests.Testing;
using Akka.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class FairMemoryTests
{
    private const int Dead = 9;
    private const int MiB = 1024 * 1024;

    private const string Unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    private static readonly string NodeOf8MiB = $"actor-webhooks.outbox {{ max-bytes = {MiB}, max-node-bytes = {8 * MiB} }}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nine_endpoints_that_hang_or_fail_fill_the_memory_and_the_healthy_webhook_is_not_refused(bool hangs)
    {
        await using var dead = RoughReceiver.Start(connection => hangs
            ? connection.FreezeAsync()
            : connection.AnswerAllAsync(_ => Unavailable));
        await using var healthy = await Receiver.StartAsync();
        await using var host = await WebhookHost.StartAsync(akka => akka
            .AddHocon(NodeOf8MiB, HoconAddMode.Prepend)
            .WithWebhooks(options => options.ConfigText = Toml(dead.Url, healthy.Url)));

        Assert.NotEqual(0, await FillAsync(host.Publisher, (_, receipt) => receipt.Refusals.Count == Dead));

        await TakesAllOfTheHealthyAsync(host.Publisher, healthy);
    }

    [Fact]
    public async Task Nine_endpoints_that_fail_cost_the_healthy_webhook_nothing_when_all_is_in_the_journal()
    {
        await using var dead = RoughReceiver.Answering(_ => Unavailable);
        await using var healthy = await Receiver.StartAsync();
        await using var host = await new DurableHost(Toml(dead.Url, healthy.Url), $"{NodeOf8MiB}\nactor-webhooks.outbox.memory-window = 1MiB").StartAsync();

        // 20 MiB in all.
        await FillAsync(host.Publisher, (events, receipt) =>
        {
            Assert.Equal(Dead, receipt.Accepted);
            return events == 1_000;
        });

        await TakesAllOfTheHealthyAsync(host.Publisher, healthy);
    }

    [Fact]
    public async Task Nine_endpoints_that_fail_fill_their_part_of_the_journal_and_the_healthy_webhook_is_not_refused()
    {
        await using var dead = RoughReceiver.Answering(_ => Unavailable);
        await using var healthy = await Receiver.StartAsync();
        await using var host = await new DurableHost(
            Toml(dead.Url, healthy.Url), $"{NodeOf8MiB}\nactor-webhooks.outbox.max-node-durable-bytes = {8 * MiB}").StartAsync();

        var taken = await FillAsync(host.Publisher, (_, receipt) =>
        {
            Assert.All(receipt.Refusals, refusal => Assert.Equal(RefusalReason.NodeFull, refusal.Reason));
            return receipt.Refusals.Count == Dead;
        });

        Assert.InRange(taken * 2_000L, 3 * MiB, 9 * MiB);
        await TakesAllOfTheHealthyAsync(host.Publisher, healthy);
    }

    private static async Task TakesAllOfTheHealthyAsync(IWebhookPublisher publisher, Receiver healthy)
    {
        using var over = new CancellationTokenSource();
        var load = FillAsync(publisher, (_, _) => over.IsCancellationRequested);
        var refusals = 0;
        for (var wave = 0; wave < 50; wave++)
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => publisher.PublishAsync(EventOf("work", $"{wave}-{i}"))));
            refusals += receipts.Sum(receipt => receipt.Refusals.Count);
            var accepted = ((wave + 1) * 10) - refusals;
            await Eventually.Equal(accepted, () => healthy.EventIds.Count());
        }

        await over.CancelAsync();
        await load;

        Assert.Equal(0, refusals);
    }

    /// <returns>How many copies the dead webhooks took.</returns>
    private static async Task<int> FillAsync(IWebhookPublisher publisher, Func<int, PublishReceipt, bool> isEnough)
    {
        PublishReceipt receipt;
        var taken = 0;
        var i = 0;
        do
        {
            receipt = await publisher.PublishAsync(EventOf("fill", $"{i}"));
            taken += receipt.Accepted;
            await Task.Yield();
            Assert.InRange(++i, 0, 1_000_000);
        }
        while (!isEnough(i, receipt));

        return taken;
    }

    private static WebhookEvent EventOf(string type, string id) => WebhookEvent.Create($"{type}.a", new { text = new string('x', 2_000) }, id);

    private static string Toml(Uri dead, Uri healthy) => string.Join('\n', Enumerable.Range(0, Dead).Select(i => $"""
        [webhook."dead-{i}"]
        url = "{dead}"
        events = "fill.*"
        timeout = "1s"
        """).Append($"""
        [webhook."healthy"]
        url = "{healthy}"
        events = "work.*"
        throttle = "20ms"
        """));
}
