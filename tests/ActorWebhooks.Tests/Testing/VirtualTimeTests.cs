using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Testing;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Base of the actor tests: the test owns time, randomness and the network.</summary>
public abstract class VirtualTimeTests : TestKit
{
    private const string Config = """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = WARNING
        """;

    protected static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpTransport _transport;
    private readonly long _start = PoolProbe.Now;
    private readonly WebhookMetrics _metrics = new();

    protected VirtualTimeTests()
        : base(Config)
    {
        Time = new VirtualTime(Scheduler);
        _transport = new HttpTransport(_ => Endpoint);
        Gate = new ConnectionGate(max: 2, SlowAfter, Time);
        Services = new WebhookServices(_transport, Gate, Time, new FixedRandom(0.5), _metrics, Some.Owner);
    }

    private protected StubEndpoint Endpoint { get; } = new();

    private protected ConnectionGate Gate { get; }

    private protected VirtualTime Time { get; }

    private protected WebhookServices Services { get; }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    /// <summary>Lets time pass, and then waits until <paramref name="actor"/> and its delivery have done what there was to do.</summary>
    private protected async Task Advance(IActorRef actor, TimeSpan time)
    {
        await Settle(actor);
        Scheduler.Advance(time);
        await Settle(actor);
    }

    /// <summary>Waits until everything that was sent before is done: an actor answers Identify after what came earlier.</summary>
    private protected async Task Settle(IActorRef actor)
    {
        for (var hop = 0; hop < 2; hop++)
        {
            await actor.Ask<ActorIdentity>(new Identify(null), Patience);
            var delivery = await Sys.ActorSelection(actor.Path / "delivery").Ask<ActorIdentity>(new Identify(null), Patience);
            if (delivery.Subject is null)
                return;
        }
    }

    private protected static Task<WebhookStatus> StatusOf(IActorRef webhook) =>
        webhook.Ask<WebhookStatus>(new GetStatus(), Patience);

    protected override void AfterAll()
    {
        base.AfterAll();
        _transport.Dispose();
        Gate.Dispose();
        _metrics.Dispose();
        PoolProbe.AssertNotStuckSince(_start);
    }
}
