using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Matching;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Values for tests that do not care which.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 11, 23, 14, 55, 0, 123, TimeSpan.Zero);

    public static readonly WebhookDefinition Webhook = new()
    {
        Id = "audit",
        Url = new Uri("http://127.0.0.1:9/hook"),
        Events = [Pattern.Parse("*")],
    };

    /// <summary>A process that may always act as an owner.</summary>
    public static NodeOwner Owner => new("the test", new ManualLease());

    public static WebhookEvent Event(string id, string type = "auth.success") => WebhookEvent.Create(type, new { }, id, Time);

    public static WebhookEvent EventOfSize(string id, int dataBytes) =>
        WebhookEvent.FromJson("auth.success", $$"""{"a":"{{new string('x', dataBytes - 8)}}"}""", id, Time);

    public static DeadLetterLimits Letters(int maxEvents = 1000, long maxBytes = 8 << 20) =>
        new(maxEvents, maxBytes, MaxDurableBytes: 256 << 20, MaxAge: TimeSpan.FromDays(30));

    public static WebhookMachine Machine(WebhookServices services, WebhookDefinition definition, OutboxBudget budget, OutboxIntake intake) => new(
        definition,
        new MemoryOutbox(budget, intake),
        new MemoryDeadLetters(Letters(), e => intake.TryAdd(budget, e)),
        TimeSpan.FromDays(30),
        new WebhookAccount(definition.Id, services.Metrics),
        services.Time,
        services.Random,
        services.Owner.Lease);
}
