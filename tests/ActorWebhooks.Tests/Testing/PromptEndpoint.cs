using System.Collections.Concurrent;
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

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var ids = StubRequest.EventIdsOf(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        var status = answer(ids);
        if (status == HttpStatusCode.OK)
            _taken.Enqueue(ids);
        return new HttpResponseMessage(status);
    }
}
