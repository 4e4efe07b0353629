using System.Threading.Channels;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Stands in for the network: hands each request to the test, which answers when it likes.</summary>
internal sealed class StubEndpoint : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<StubRequest> _requests = Channel.CreateUnbounded<StubRequest>();

    /// <summary>Requests that have come and were not taken by <see cref="NextAsync"/>.</summary>
    public int Unseen => _requests.Reader.Count;

    public async Task<StubRequest> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _requests.Reader.ReadAsync(patience.Token);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var stub = new StubRequest(request, body, cancellationToken);
        _requests.Writer.TryWrite(stub);
        return await stub.Answer.WaitAsync(cancellationToken);
    }
}
