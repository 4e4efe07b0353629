namespace ActorWebhooks.Delivery.Egress;

/// <summary>
/// Asks the rules of each request that goes through a proxy. Its connections do not tell where a request goes to: one to the proxy serves
/// many hosts.
/// </summary>
internal sealed class ProxiedTargets(HttpMessageHandler inner, EgressRules rules) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri is { } url && rules.MayAskProxyFor(url)
            ? base.SendAsync(request, cancellationToken)
            : Task.FromException<HttpResponseMessage>(new TargetRefusedException());
}
