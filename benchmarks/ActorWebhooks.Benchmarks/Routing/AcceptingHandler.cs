using System.Net;

namespace ActorWebhooks.Benchmarks.Routing;

/// <summary>Stands in for the network: every endpoint takes everything at once.</summary>
internal sealed class AcceptingHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
}
