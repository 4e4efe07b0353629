using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Stands in for the network: answers at once, and keeps what it was sent in the order in which it was sent.</summary>
/// <param name="answer">The status for the ids of the events in a request.</param>
internal sealed class PromptEndpoint(Func<IReadOnlyList<string>, HttpStatusCode> answer) : HttpMessageHandler
{
    private readonly ConcurrentQueue<IReadOnlyList<string>> _taken = new();

    /// <summary>The ids of the events in each request that was answered with 200.</summary>
    public IReadOnlyCollection<IReadOnlyList<string>> Taken => _taken;

    public IEnumerable<string> TakenIds => _taken.SelectMany(ids => ids);

    /// <summary>
    /// Events <c>producer:number</c> came in the order of each producer, as nobody knows that of events which come at the same time, and
    /// nothing was repeated but what was in the batch before.
    /// </summary>
    public void AssertOrderOfProducers()
    {
        var next = new Dictionary<string, int>();
        var taken = new HashSet<string>();
        IReadOnlyList<string> latest = [];
        foreach (var batch in _taken)
        {
            foreach (var id in batch)
            {
                if (!taken.Add(id))
                {
                    Assert.Contains(id, latest);
                    continue;
                }

                var parts = id.Split(':');
                var (producer, number) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
                Assert.True(number >= next.GetValueOrDefault(producer), $"{id} comes after {next.GetValueOrDefault(producer) - 1}.");
                next[producer] = number + 1;
            }

            latest = batch;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var ids = StubRequest.EventIdsOf(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var status = answer(ids);
        if (status == HttpStatusCode.OK)
            _taken.Enqueue(ids);
        return new HttpResponseMessage(status);
    }
}
