using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>A durable webhook is taken out of the file and put back while the node runs.</summary>
public sealed class RemovalTests : IDisposable
{
    private const int Producers = 3;

    private const string Audit = """
        [webhook."audit"]
        url = "http://127.0.0.1:9/"
        events = "*"
        throttle = 0
        batch.max-events = 7
        retry.initial = "1ms"
        retry.max = "5ms"
        """;

    private const string Other = """

        [webhook."other"]
        url = "http://127.0.0.1:9/"
        events = "*"
        throttle = 0
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actor-webhooks-");

    private string ConfigFile => Path.Combine(_folder.FullName, "webhooks.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_removed_webhook_could_not_deliver_is_delivered_in_order_when_it_is_back_and_the_account_goes_on()
    {
        var status = HttpStatusCode.OK;
        var endpoint = new PromptEndpoint(ids => ids.Contains("bad") ? HttpStatusCode.UnprocessableEntity : status);
        await using var host = await StartAsync(endpoint, drainTimeout: "50ms");
        await PublishAsync(host, Some.Event("bad"));
        await PublishAsync(host, [.. Ids(0, 10).Select(id => Some.Event(id))]);
        await host.AwaitDeliveredAsync(10);
        status = HttpStatusCode.ServiceUnavailable;

        // More than the memory window holds.
        for (var i = 10; i < 210; i += 20)
            await PublishAsync(host, [.. Ids(i, 20).Select(id => Some.EventOfSize(id, 1000))]);
        await ReloadAsync(host, "# no webhooks");
        await Eventually.Equal(0, async () => (await RunningAsync(host)).Length);
        Assert.Equal(0, (await host.Publisher.PublishAsync(Some.Event("unheard"))).Accepted);

        // Its actor may still be stopping, and it is started when that is done.
        await ReloadAsync(host, Audit);
        await Eventually.Equal(1, async () => (await RunningAsync(host)).Length);
        await Eventually.Equal((211, 10, 200, 1), async () => await AccountAsync(host));
        await PublishAsync(host, [.. Ids(210, 20).Select(id => Some.Event(id))]);
        status = HttpStatusCode.OK;
        await host.AwaitDeliveredAsync(230);

        Assert.Equal((231, 230, 0, 1), await AccountAsync(host));
        Assert.Empty((await host.StatusAsync()).Dropped);
        Assert.Equal(Ids(0, 230), endpoint.TakenIds);
    }

    [Theory]
    [InlineData("1ms")]
    [InlineData("1s")]
    public async Task Webhook_that_comes_and_goes_under_load_loses_nothing_and_repeats_nothing_but_the_batch_in_flight(string drainTimeout)
    {
        var requests = 0;
        var endpoint = new PromptEndpoint(_ => Interlocked.Increment(ref requests) % 3 == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        await using var host = await StartAsync(endpoint, drainTimeout);
        using var enough = new CancellationTokenSource();
        var accepted = new ConcurrentQueue<string>();
        var load = Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => PublishUntil(host, producer, accepted, enough.Token))));
        for (var round = 0; round < 40; round++)
        {
            var before = accepted.Count;
            await Eventually.True(() => accepted.Count > before || load.IsFaulted);
            await ReloadAsync(host, "# no webhooks");
            if (round % 2 == 0)
                await Eventually.Equal(0, async () => (await RunningAsync(host)).Length);
            await ReloadAsync(host, Audit);
        }

        await enough.CancelAsync();

        // Whoever waits for a receipt is answered.
        await load.WaitAsync(TimeSpan.FromMinutes(1));
        await Eventually.Equal(0, () => accepted.Except(endpoint.TakenIds).Count());
        endpoint.AssertOrderOfProducers();
    }

    [Fact]
    public async Task After_a_fault_of_the_supervisor_the_file_is_read_as_before_and_a_new_webhook_has_its_journal()
    {
        var endpoint = new PromptEndpoint(_ => HttpStatusCode.OK);
        await using var host = await StartAsync(endpoint, drainTimeout: "1m");
        await ReloadAsync(host, Audit + Other);
        Assert.Equal(2, (await host.Publisher.PublishAsync(Some.Event("1"))).Accepted);

        // What is in flight would be sent again: with the supervisor, its webhooks are restarted.
        await Eventually.Equal(2, async () => (await RunningAsync(host)).Sum(webhook => webhook.Delivered));

        // It looks up what is not there.
        host.Router.Tell(new ToWebhook(null!, new GetStatus()), ActorRefs.NoSender);
        await ReloadAsync(host, Audit);
        await Eventually.Equal(1, async () => (await RunningAsync(host)).Length);
        await ReloadAsync(host, Audit + Other);

        Assert.Equal(2, (await host.Publisher.PublishAsync(Some.Event("2"))).Accepted);
        await Eventually.Equal(4, () => endpoint.TakenIds.Count());
        Assert.Equal(2, endpoint.TakenIds.Count(id => id == "2"));
    }

    private static IEnumerable<string> Ids(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    private static async Task<ImmutableArray<WebhookStatus>> RunningAsync(WebhookHost host) =>
        (await host.Router.Ask<WebhooksStatus>(new GetWebhooks(), Patience)).Webhooks;

    private static async Task<(long Accepted, long Delivered, int Waiting, int Dead)> AccountAsync(WebhookHost host)
    {
        var status = await host.StatusAsync();
        return (status.Accepted, status.Delivered, status.Waiting, status.Dead);
    }

    private static async Task PublishAsync(WebhookHost host, params WebhookEvent[] events) =>
        Assert.Equal(events.Length, (await host.Publisher.PublishAsync(new WebhookEvents(events))).Accepted);

    private static async Task PublishUntil(WebhookHost host, int producer, ConcurrentQueue<string> accepted, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var e = Some.EventOfSize($"{producer}:{i}", 500);
            var receipt = await host.Publisher.PublishAsync(e, CancellationToken.None);
            if (receipt.Accepted == 1)
                accepted.Enqueue(e.Id);

            // It was not written yet when its webhook was stopped, or a row of the stopped webhook came late and stood where its own was to be.
            Assert.All(receipt.Refusals, refusal => Assert.True(refusal.Reason is RefusalReason.Stopping or RefusalReason.JournalUnavailable, $"{refusal}"));
        }
    }

    private async Task<WebhookHost> StartAsync(HttpMessageHandler endpoint, string drainTimeout)
    {
        await File.WriteAllTextAsync(ConfigFile, Audit);
        return await new DurableHost("", $"actor-webhooks.drain-timeout = {drainTimeout}").StartFromAsync(ConfigFile, endpoint);
    }

    private async Task ReloadAsync(WebhookHost host, string toml)
    {
        await File.WriteAllTextAsync(ConfigFile, toml);
        Assert.Empty((await host.Router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience)).Errors);
    }
}
