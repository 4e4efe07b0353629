using System.Net;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>The actor of a durable webhook fails, and is restarted.</summary>
public sealed class FaultTests
{
    private const string Toml = """
        [webhook."audit"]
        url = "http://127.0.0.1:9/"
        events = "*"
        throttle = 0
        batch.max-events = 7
        retry.initial = "1ms"
        retry.max = "1ms"
        """;

    [Fact]
    public async Task Faults_under_load_lose_nothing_and_repeat_nothing_but_the_batch_in_flight()
    {
        var endpoint = new StubEndpoint();
        await using var host = await new DurableHost(Toml).StartAsync(endpoint);

        // Before it knows where it stands, too.
        host.Fail();
        var ids = Enumerable.Range(0, 600).Select(i => $"{i}").ToArray();
        var load = Task.Run(() => PublishAsync(host, ids));
        var delivered = new List<string>();
        var (previous, mayRepeat, mustRepeat) = ((byte[])[], false, false);
        for (var round = 0; delivered.Count < ids.Length || mustRepeat; round++)
        {
            var request = await endpoint.NextAsync();
            var isRepeat = previous.AsSpan().SequenceEqual(request.Body);
            Assert.True(isRepeat ? mayRepeat : !mustRepeat, $"{round}: {request.EventIds[0]} after {delivered.LastOrDefault()}");
            if (!isRepeat)
                delivered.AddRange(request.EventIds);
            previous = request.Body;

            // A fault cuts this attempt, or comes when it is answered, or not at all.
            var isAnswered = round % 3 > 0 && !request.Cancellation.IsCancellationRequested;
            if (isAnswered)
                request.Respond(HttpStatusCode.OK);
            var isFault = round % 3 != 1 && (!isAnswered || delivered.Count < ids.Length);
            if (isFault)
                await FailAsync(host);
            (mayRepeat, mustRepeat) = (isFault || !isAnswered, !isAnswered);
        }

        await load;
        await host.AwaitDeliveredAsync(ids.Length);
        Assert.Equal(ids, delivered);
        Assert.Equal(0, endpoint.Unseen);
    }

    [Fact]
    public async Task Fault_while_the_journal_writes_loses_neither_events_nor_receipts()
    {
        var endpoint = new StubEndpoint();
        var durable = new DurableHost(Toml, "actor-webhooks.journal.timeout = 1m");
        await using var host = await durable.StartAsync(endpoint);
        await Eventually.Equal(WebhookState.Idle, async () => (await host.StatusAsync()).State);
        durable.Store.Have(JournalTrouble.Hangs);
        var inRow = host.Publisher.PublishAsync(Some.Event("1"));
        await Eventually.Equal(1, () => durable.Store.AskedWrites);
        var behindIt = host.Publisher.PublishAsync(Some.Event("2"));

        await FailAsync(host);
        Assert.False(inRow.IsCompleted || behindIt.IsCompleted);
        durable.Store.Have(JournalTrouble.None);

        Assert.True((await inRow).IsAccepted);
        Assert.True((await behindIt).IsAccepted);
        var delivered = new List<string>();
        while (delivered.Count < 2)
        {
            var request = await endpoint.NextAsync();
            delivered.AddRange(request.EventIds);
            request.Respond(HttpStatusCode.OK);
        }

        await host.AwaitDeliveredAsync(2);
        Assert.Equal(["1", "2"], delivered);
    }

    private static async Task FailAsync(WebhookHost host)
    {
        host.Fail();
        await host.StatusAsync();
    }

    // Faster than they are delivered, so that most of them are behind the memory window at times.
    private static async Task PublishAsync(WebhookHost host, string[] ids)
    {
        foreach (var some in ids.Chunk(40))
            Assert.True((await host.Publisher.PublishAsync(new WebhookEvents(some.Select(id => Some.EventOfSize(id, 1000))))).IsAccepted);
    }
}
