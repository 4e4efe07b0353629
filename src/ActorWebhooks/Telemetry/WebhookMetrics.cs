using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ActorWebhooks.Telemetry;

/// <summary>Every instrument of the meter <c>ActorWebhooks</c>. Counting costs next to nothing while nobody listens.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    public const string MeterName = "ActorWebhooks";

    private const string Webhook = "webhook";

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, Func<OutboxUse>> _outboxes = new(StringComparer.Ordinal);
    private readonly Counter<long> _received;
    private readonly Counter<long> _matched;
    private readonly Counter<long> _unmatched;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _dead;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _attemptDuration;
    private readonly Histogram<int> _batchEvents;
    private readonly Counter<long> _staleNames;
    private readonly Counter<long> _refusedNames;
    private readonly Histogram<double> _nameLookups;
    private volatile Func<NameUse>? _names;

    public WebhookMetrics()
    {
        _received = _meter.CreateCounter<long>("webhooks.events.received", "{event}", "Events that reached the router.");
        _matched = _meter.CreateCounter<long>("webhooks.events.matched", "{event}", "Events handed to a webhook.");
        _unmatched = _meter.CreateCounter<long>("webhooks.events.unmatched", "{event}", "Events that no webhook listens to.");
        _refused = _meter.CreateCounter<long>("webhooks.events.refused", "{event}", "Events not taken, by reason.");
        _delivered = _meter.CreateCounter<long>("webhooks.events.delivered", "{event}", "Events that the endpoint took.");
        _dropped = _meter.CreateCounter<long>("webhooks.events.dropped", "{event}", "Accepted events given up, by reason.");
        _dead = _meter.CreateCounter<long>("webhooks.events.dead", "{event}", "Events that became dead letters, by reason.");
        _meter.CreateObservableUpDownCounter("webhooks.outbox.events", () => Observe(use => use.Events), "{event}", "Undelivered events, in memory and in the journal.");
        _meter.CreateObservableUpDownCounter("webhooks.outbox.bytes", () => Observe(use => use.Bytes), "By", "What they take.");
        _attempts = _meter.CreateCounter<long>("webhooks.attempts", "{attempt}", "HTTP requests, by outcome.");
        _attemptDuration = _meter.CreateHistogram<double>("webhooks.attempt.duration", "s", "Time of one HTTP request.");
        _batchEvents = _meter.CreateHistogram<int>("webhooks.batch.events", "{event}", "Events in one batch.");
        _nameLookups = _meter.CreateHistogram<double>("webhooks.names.lookup.duration", "s", "Time of one lookup of a name, by outcome.");
        _staleNames = _meter.CreateCounter<long>("webhooks.names.stale", "{name}", "Times that an old answer was used because no newer one was there.");
        _refusedNames = _meter.CreateCounter<long>("webhooks.names.refused", "{name}", "Names not looked up because too many waited.");
        _meter.CreateObservableUpDownCounter("webhooks.names.waiting", () => _names?.Invoke().Waiting ?? 0, "{name}", "Names that wait for a thread to be looked up.");
        _meter.CreateObservableUpDownCounter("webhooks.names.running", () => _names?.Invoke().Running ?? 0, "{name}", "Names that a name server is asked for.");
    }

    public void Received() => _received.Add(1);

    public void Unmatched() => _unmatched.Add(1);

    public void Matched(string webhookId) => _matched.Add(1, new KeyValuePair<string, object?>(Webhook, webhookId));

    public void Refused(string? webhookId, RefusalReason reason)
    {
        if (!_refused.Enabled)
            return;
        var tags = new TagList { { "reason", reason.ToString() } };
        if (webhookId is not null)
            tags.Add(Webhook, webhookId);
        _refused.Add(1, tags);
    }

    public void Delivered(string webhookId, int events) =>
        _delivered.Add(events, new KeyValuePair<string, object?>(Webhook, webhookId));

    public void Dropped(string webhookId, long events, string reason) =>
        _dropped.Add(events, new KeyValuePair<string, object?>(Webhook, webhookId), new KeyValuePair<string, object?>("reason", reason));

    public void Dead(string webhookId, string reason) =>
        _dead.Add(1, new KeyValuePair<string, object?>(Webhook, webhookId), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Observes the outbox of a webhook from now on.</summary>
    /// <param name="use">Read from any thread.</param>
    public void Watch(string webhookId, Func<OutboxUse> use) => _outboxes[webhookId] = use;

    public void Unwatch(string webhookId) => _outboxes.TryRemove(webhookId, out _);

    public void Batch(string webhookId, int events) =>
        _batchEvents.Record(events, new KeyValuePair<string, object?>(Webhook, webhookId));

    public void Attempt(string webhookId, string outcome, TimeSpan duration)
    {
        _attempts.Add(1, new KeyValuePair<string, object?>(Webhook, webhookId), new KeyValuePair<string, object?>("outcome", outcome));
        _attemptDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(Webhook, webhookId));
    }

    public void NameLookup(string outcome, TimeSpan duration) =>
        _nameLookups.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void StaleName() => _staleNames.Add(1);

    public void RefusedName() => _refusedNames.Add(1);

    /// <summary>Observes the lookups of names from now on.</summary>
    /// <param name="use">Read from any thread.</param>
    public void WatchNames(Func<NameUse> use) => _names = use;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Observe(Func<OutboxUse, long> read) =>
        _outboxes.Select(outbox => new Measurement<long>(read(outbox.Value()), new KeyValuePair<string, object?>(Webhook, outbox.Key)));
}
