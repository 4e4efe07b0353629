using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Cluster.Telemetry;

/// <summary>The instruments of what goes between nodes, in the meter of the engine.</summary>
internal sealed class HopMetrics : IDisposable
{
    private const string Webhook = "webhook";

    private readonly Meter _meter = new(WebhookMetrics.MeterName);
    private readonly WebhookMetrics _engine;
    private readonly ConcurrentDictionary<string, Func<OutboxUse>> _hops = new(StringComparer.Ordinal);
    private readonly Counter<long> _resent;
    private readonly Counter<long> _repeated;

    public HopMetrics(WebhookMetrics engine)
    {
        _engine = engine;
        _meter.CreateObservableUpDownCounter("webhooks.hop.events", () => Observe(use => use.Events), "{event}", "Events that this node keeps until their webhook need not have them again.");
        _meter.CreateObservableUpDownCounter("webhooks.hop.bytes", () => Observe(use => use.Bytes), "By", "What they take.");
        _resent = _meter.CreateCounter<long>("webhooks.hop.resent", "{event}", "Events sent to their webhook again.");
        _repeated = _meter.CreateCounter<long>("webhooks.hop.repeated", "{event}", "Events that a webhook had received before, and passed over.");
    }

    public void Refused(string webhookId, RefusalReason reason) => _engine.Refused(webhookId, reason);

    public void Resent(string webhookId, long events) => _resent.Add(events, new KeyValuePair<string, object?>(Webhook, webhookId));

    public void Repeated(string webhookId, long events) => _repeated.Add(events, new KeyValuePair<string, object?>(Webhook, webhookId));

    /// <summary>Observes what is kept for a webhook from now on.</summary>
    /// <param name="use">Read from any thread.</param>
    public void Watch(string webhookId, Func<OutboxUse> use) => _hops[webhookId] = use;

    public void Unwatch(string webhookId) => _hops.TryRemove(webhookId, out _);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Observe(Func<OutboxUse, long> read) =>
        _hops.Select(hop => new Measurement<long>(read(hop.Value()), new KeyValuePair<string, object?>(Webhook, hop.Key)));
}
