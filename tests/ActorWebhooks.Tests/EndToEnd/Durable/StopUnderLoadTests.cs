using System.Collections.Concurrent;
using System.Net;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>A durable node is stopped, again and again, while producers publish.</summary>
public sealed class StopUnderLoadTests
{
    private const int Producers = 3;
    private const int EventsOfMessage = 20;
    private const int Stops = 4;

    private const string Toml = """
        [webhook."audit"]
        url = "http://127.0.0.1:9/"
        events = "*"
        throttle = 0
        retry.initial = "1ms"
        retry.max = "20ms"
        """;

    private readonly ConcurrentQueue<string> _accepted = new();
    private readonly int[] _published = new int[Producers];
    private int _requests;

    /// <param name="failing">One request of so many fails.</param>
    [Theory]
    [InlineData("2s", int.MaxValue)]
    [InlineData("2s", 3)]
    [InlineData("0s", 3)]
    public async Task What_was_accepted_is_delivered_before_the_stop_or_after_the_restart_in_order(string drainTimeout, int failing)
    {
        var endpoint = new PromptEndpoint(_ =>
            Interlocked.Increment(ref _requests) % failing == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        var durable = new DurableHost(Toml, $"actor-webhooks.drain-timeout = {drainTimeout}");
        for (var stop = 1; stop <= Stops; stop++)
        {
            var before = endpoint.Taken.Count;
            var host = await durable.StartAsync(endpoint);
            var publisher = Webhooks.CreatePublisher(host.Router);
            var load = Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => PublishUntilStopped(publisher, producer))));
            await Eventually.True(() => endpoint.Taken.Count > before + 5 || load.IsFaulted);
            await host.DisposeAsync();
            await load.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await using var last = await durable.StartAsync(endpoint);
        await Eventually.Equal(0, async () => (await last.StatusAsync()).Waiting);
        Assert.NotEmpty(_accepted);
        await Eventually.Equal(0, () => _accepted.Except(endpoint.TakenIds).Count());
        endpoint.AssertOrderOfProducers();
    }

    private async Task PublishUntilStopped(IWebhookPublisher publisher, int producer)
    {
        while (true)
        {
            WebhookEvent[] events = [.. Enumerable.Range(0, EventsOfMessage).Select(_ => Some.EventOfSize($"{producer}:{_published[producer]++}", 500))];
            var receipt = await publisher.PublishAsync(new WebhookEvents(events));
            foreach (var id in events.Select(e => e.Id).Except(receipt.Refusals.Select(refusal => refusal.EventId)))
                _accepted.Enqueue(id);
            if (receipt.IsAccepted)
                continue;

            // The door to the journal may close before the webhook knows of the stop.
            Assert.All(receipt.Refusals, refusal => Assert.True(refusal.Reason is RefusalReason.Stopping or RefusalReason.JournalUnavailable, $"{refusal}"));
            return;
        }
    }
}
