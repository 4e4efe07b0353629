using System.Collections.Concurrent;
using System.Globalization;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>A durable node is stopped, again and again, while producers publish.</summary>
public sealed class StopUnderLoadTests
{
    private const int Producers = 3;
    private const int EventsOfMessage = 20;
    private const int Stops = 4;

    private readonly string[] _webhooks = ["well", "flapping"];
    private readonly Dictionary<string, ConcurrentQueue<string>> _accepted;
    private readonly Dictionary<string, ConcurrentQueue<(string[] Ids, bool IsTaken)>> _requests;
    private readonly int[] _published = new int[Producers];

    public StopUnderLoadTests()
    {
        _accepted = _webhooks.ToDictionary(id => id, _ => new ConcurrentQueue<string>());
        _requests = _webhooks.ToDictionary(id => id, _ => new ConcurrentQueue<(string[], bool)>());
    }

    [Theory]
    [InlineData("2s")]
    [InlineData("0s")]
    public async Task What_was_accepted_is_delivered_before_the_stop_or_after_the_restart_in_order(string drainTimeout)
    {
        await using var well = await StartReceiverAsync("well", _ => true);
        await using var flapping = await StartReceiverAsync("flapping", request => request % 3 != 0);
        var durable = new DurableHost(Toml("well", well) + Toml("flapping", flapping), $"actor-webhooks.drain-timeout = {drainTimeout}");
        var inFlightAtStop = _webhooks.ToDictionary(id => id, _ => new HashSet<string>());
        for (var stop = 1; stop <= Stops; stop++)
        {
            var before = _requests["well"].Count;
            var host = await durable.StartAsync();
            var publisher = Webhooks.CreatePublisher(host.Router);
            var load = Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => PublishUntilStopped(publisher, producer))));
            await Eventually.True(() => _requests["well"].Count > before + 5 || load.IsFaulted);
            await host.DisposeAsync();
            await load;
            foreach (var id in _webhooks)
                inFlightAtStop[id].UnionWith(_requests[id].Last().Ids);
        }

        await using var last = await durable.StartAsync();
        foreach (var id in _webhooks)
        {
            Assert.NotEmpty(_accepted[id]);
            await Eventually.Equal(0, () => _accepted[id].Except(Taken(id)).Count());
            AssertInOrder(id, inFlightAtStop[id]);
        }
    }

    private static string Toml(string id, Receiver receiver) => $"""
        [webhook.{id}]
        url = "{receiver.Url}"
        events = "*"
        throttle = 0
        retry.initial = "1ms"
        retry.max = "20ms"

        """;

    private Task<Receiver> StartReceiverAsync(string id, Func<int, bool> takes) => Receiver.StartAsync(request =>
    {
        var requests = _requests[id];
        var isTaken = takes(requests.Count);
        requests.Enqueue(([.. StubRequest.EventIdsOf(request.Body)], isTaken));
        return isTaken ? 200 : 503;
    });

    private async Task PublishUntilStopped(IWebhookPublisher publisher, int producer)
    {
        while (true)
        {
            WebhookEvent[] events = [.. Enumerable.Range(0, EventsOfMessage).Select(_ => Some.EventOfSize($"{producer}:{_published[producer]++}", 500))];
            var receipt = await publisher.PublishAsync(new WebhookEvents(events));
            foreach (var id in _webhooks)
            {
                var refused = receipt.Refusals.Where(refusal => refusal.WebhookId is null || refusal.WebhookId == id).Select(refusal => refusal.EventId);
                foreach (var accepted in events.Select(e => e.Id).Except(refused))
                    _accepted[id].Enqueue(accepted);
            }

            if (receipt.IsAccepted)
                continue;

            // The door to the journal may close before the webhook knows of the stop.
            Assert.All(receipt.Refusals, refusal => Assert.True(refusal.Reason is RefusalReason.Stopping or RefusalReason.JournalUnavailable, $"{refusal}"));
            return;
        }
    }

    private IEnumerable<string> Taken(string id) => _requests[id].Where(request => request.IsTaken).SelectMany(request => request.Ids);

    // Nobody knows the order of events that come at the same time, so it is the one of each producer.
    private void AssertInOrder(string id, HashSet<string> mayRepeat)
    {
        var next = new int[Producers];
        var taken = new HashSet<string>();
        foreach (var e in Taken(id))
        {
            if (!taken.Add(e))
            {
                Assert.Contains(e, mayRepeat);
                continue;
            }

            var (producer, number) = (e[0] - '0', int.Parse(e.AsSpan(2), CultureInfo.InvariantCulture));
            Assert.True(number >= next[producer], $"{id}: {e} comes after {next[producer] - 1}.");
            next[producer] = number + 1;
        }
    }
}
