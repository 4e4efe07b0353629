using System.Globalization;
using System.Net;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>Stands in for the network and the receivers behind it: looks which events there are, and takes them at once.</summary>
internal sealed class InMemoryEndpoint(OrderedArrivals arrivals) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var body = new ScanningStream();
        await request.Content!.CopyToAsync(body, cancellationToken);
        var webhook = int.Parse(request.RequestUri!.AbsolutePath.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        arrivals.Add(webhook, body.TakeAll(), body.Length);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }
}
