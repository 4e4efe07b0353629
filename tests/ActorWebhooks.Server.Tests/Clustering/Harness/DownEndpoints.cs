using System.Collections.Concurrent;

namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>The webhooks whose endpoint answers 503 for now.</summary>
internal sealed class DownEndpoints
{
    private readonly ConcurrentDictionary<string, bool> _webhooks = new();

    public bool Contains(string webhook) => _webhooks.ContainsKey(webhook);

    public void Add(string webhook) => _webhooks[webhook] = true;

    public void Mend() => _webhooks.Clear();
}
