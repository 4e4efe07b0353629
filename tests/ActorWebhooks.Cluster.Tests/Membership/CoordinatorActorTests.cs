using System.Collections.Immutable;
using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Cluster.Tests.Membership;

public sealed class CoordinatorActorTests : TestKit
{
    private static readonly CurrentRegions Known = new(ImmutableHashSet.Create(new Address("akka.tcp", "node", "127.0.0.1", 1)));
    private static readonly CurrentRegions NotKnown = new(ImmutableHashSet<Address>.Empty);

    private readonly TestProbe _region;
    private readonly IActorRef _actor;

    public CoordinatorActorTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
        _region = CreateTestProbe();
        _actor = Sys.ActorOf(ActorFactory.Props(() => new CoordinatorActor(_region, ReadinessCondition.Coordinator)));
        _actor.Tell(new Identify(null), TestActor);
        ExpectMsg<ActorIdentity>();
    }

    [Fact]
    public void Node_that_finds_no_coordinator_is_not_ready_after_half_a_minute_until_there_is_one()
    {
        for (var i = 0; i < CoordinatorActor.MostUnanswered; i++)
        {
            Assert.Empty(ReasonsAfter(NotKnown));
        }

        Assert.Equal("The coordinator of the shards has not answered for 30 s.", Assert.Single(ReasonsAfter(NotKnown)));
        Assert.Single(ReasonsAfter(NotKnown));
        Assert.Empty(ReasonsAfter(Known));
    }

    [Fact]
    public void Node_whose_coordinator_moves_stays_ready()
    {
        for (var i = 0; i < 10 * CoordinatorActor.MostUnanswered; i++)
            Assert.Empty(ReasonsAfter(i % CoordinatorActor.MostUnanswered == 0 ? Known : NotKnown));
    }

    private ImmutableArray<string> ReasonsAfter(CurrentRegions answer)
    {
        ((TestScheduler)Sys.Scheduler).Advance(CoordinatorActor.AskEvery);
        _region.ExpectMsg<GetCurrentRegions>();
        _region.Reply(answer);
        _actor.Tell(new Identify(null), TestActor);
        ExpectMsg<ActorIdentity>();
        return NodeReadiness.Get(Sys).ReadReasons();
    }
}
