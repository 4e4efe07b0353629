using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Delivery.Egress;
using ActorWebhooks.Delivery.NameResolution;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Single attempts over real sockets, without a webhook around them.</summary>
internal sealed class AnswerBench : IDisposable
{
    private readonly WebhookMetrics _metrics = new();
    private readonly HttpTransport _transport;

    /// <param name="maxConnections">How many may be open.</param>
    /// <param name="proxy">Through which they go; null for none.</param>
    /// <param name="silence">After which a connection in HTTP/2 is doubted; null for what is usual.</param>
    public AnswerBench(int maxConnections = 4, Uri? proxy = null, TimeSpan? silence = null)
    {
        var names = new NameResolver(
            name => name == "nobody.test" ? throw new SocketException((int)SocketError.HostNotFound) : [IPAddress.Loopback],
            new NameResolutionSettings(4, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)),
            TimeProvider.System,
            _metrics);
        _transport = new HttpTransport(
            maxConnections, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), names, EgressRules.AlwaysOn, proxy, silence);
    }

    public OpenConnections Connections => _transport.Connections;

    public Task<AttemptOutcome> SendAsync(Uri url, int bytes = 100, bool checksCertificates = false, CancellationToken cancellationToken = default) =>
        SendAsync(Some.Webhook with { Url = url, AllowInvalidCerts = !checksCertificates }, bytes, cancellationToken);

    public Task<AttemptOutcome> SendAsync(Uri url, HttpVersionChoice version, int bytes = 100, CancellationToken cancellationToken = default) =>
        SendAsync(Some.Webhook with { Url = url, AllowInvalidCerts = true, HttpVersion = version }, bytes, cancellationToken);

    public async Task<AttemptOutcome> SendAsync(WebhookDefinition webhook, int bytes = 100, CancellationToken cancellationToken = default)
    {
        var endpoint = Endpoint.Of(webhook);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var attempt = new HttpAttempt(new StartAttempt(1, BatchOf(bytes), endpoint), _transport, TimeProvider.System);
        return (await attempt.RunAsync(_transport.For(endpoint), patience.Token)).Outcome;
    }

    public void Dispose()
    {
        _transport.Dispose();
        _metrics.Dispose();
    }

    private static Batch BatchOf(int bytes)
    {
        const int EventBytes = 64 * 1024;
        var budget = new OutboxBudget(long.MaxValue);
        var intake = new OutboxIntake(new AcceptanceClock(TimeProvider.System));
        var outbox = new MemoryOutbox(budget, intake);
        for (var i = 0; i == 0 || i < bytes / EventBytes; i++)
            Assert.True(intake.TryAdd(budget, Some.EventOfSize($"{i}", Math.Min(bytes, EventBytes))));
        outbox.TakeIn();
        outbox.StartFlush();
        return outbox.CutBatch(Some.Webhook.Batch with { MaxBytes = 16 << 20 });
    }
}
