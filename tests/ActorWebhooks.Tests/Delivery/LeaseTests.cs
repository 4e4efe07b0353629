using System.Net;
using ActorWebhooks.Actors;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Delivery;

/// <summary>What a webhook does when its node may not act as an owner.</summary>
public sealed class LeaseTests : VirtualTimeTests
{
    private readonly OutboxIntake _intake;
    private readonly OutboxBudget _budget = new(long.MaxValue);

    public LeaseTests() => _intake = new OutboxIntake(new AcceptanceClock(Services.Time));

    private ManualLease Lease => (ManualLease)Services.Owner.Lease;

    [Fact]
    public async Task Nothing_is_sent_while_the_lease_has_expired_and_everything_when_it_is_held_again()
    {
        Lease.State = LeaseState.Expired;
        var webhook = Start();
        Tell(webhook, "1");
        await Advance(webhook, TimeSpan.FromMinutes(1));
        Assert.Equal(0, Endpoint.Unseen);

        Lease.State = LeaseState.Held;
        await Advance(webhook, TimeSpan.FromSeconds(1));
        Assert.Equal(["1"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Request_under_way_is_broken_off_when_the_lease_expires_and_sent_again_when_it_is_held()
    {
        var webhook = Start();
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        Lease.State = LeaseState.Expired;
        webhook.Tell(new LeaseExpired());
        await Eventually.True(() => first.Cancellation.IsCancellationRequested);
        await Advance(webhook, TimeSpan.FromMinutes(1));
        Assert.Equal(0, Endpoint.Unseen);

        Lease.State = LeaseState.Held;
        await Advance(webhook, TimeSpan.FromSeconds(1));
        var second = await Endpoint.NextAsync();
        Assert.Equal(first.Body, second.Body);
        second.Respond(HttpStatusCode.OK);
        await Eventually.Equal(1, async () => (await StatusOf(webhook)).Delivered);
        Assert.Equal(0, Gate.Held);
    }

    private IActorRef Start()
    {
        var machine = Some.Machine(Services, Some.Webhook, _budget, _intake);
        return Sys.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, Services, ActorRefs.Nobody)), "audit");
    }

    private void Tell(IActorRef webhook, string id)
    {
        if (_intake.TryAdd(_budget, Some.Event(id)))
            webhook.Tell(EventsCame.Instance);
    }
}
