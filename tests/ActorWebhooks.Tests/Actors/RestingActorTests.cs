using ActorWebhooks.Actors;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Tests.Actors;

public sealed class RestingActorTests()
    : TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"\nakka.loglevel = ERROR\nakka.stdout-loglevel = OFF")
{
    private readonly Found _found = new();

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public async Task Fault_at_what_it_finds_at_its_start_is_met_three_times_and_then_once_a_rest()
    {
        var actor = await StartBadAsync();

        // Each rest ends with one more fault.
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Scheduler.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await ExpectNoMsgAsync(TimeSpan.Zero);
            Scheduler.Advance(TimeSpan.FromMilliseconds(1));
            await ExpectStartAsync();
            await ExpectRestAsync(actor);
        }
    }

    [Fact]
    public async Task What_comes_while_it_rests_is_worked_off_afterwards_in_its_order()
    {
        var actor = await StartBadAsync();
        foreach (var i in Enumerable.Range(0, 5))
            actor.Tell(i);
        await ExpectRestAsync(actor);

        _found.IsBad = false;
        Scheduler.Advance(TimeSpan.FromSeconds(1));
        await ExpectStartAsync();
        foreach (var i in Enumerable.Range(0, 5))
            await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task Messages_beyond_the_bound_are_dropped_and_the_log_says_how_many()
    {
        var actor = await StartBadAsync();
        for (var i = 0; i < RestingActor.MostHeldBack + 7; i++)
            actor.Tell(i);
        await ExpectRestAsync(actor);

        _found.IsBad = false;
        await EventFilter.Error(contains: "dropped 7 messages").ExpectOneAsync(async () =>
        {
            Scheduler.Advance(TimeSpan.FromSeconds(1));
            await ExpectMsgAsync("starts");
        });
        await ExpectMsgAsync("found");
        for (var i = 0; i < RestingActor.MostHeldBack; i++)
            await ExpectMsgAsync(i);
        await ExpectNoMsgAsync(TimeSpan.Zero);
    }

    /// <summary>It has failed so often that it rests.</summary>
    private async Task<IActorRef> StartBadAsync()
    {
        _found.IsBad = true;
        var (found, told) = (_found, TestActor);
        var actor = Sys.ActorOf(ActorFactory.Props(() => new Starter(found, told)));
        for (var i = 0; i < 4; i++)
            await ExpectStartAsync();
        await ExpectRestAsync(actor);
        return actor;
    }

    private async Task ExpectStartAsync()
    {
        await ExpectMsgAsync("starts");
        await ExpectMsgAsync("found");
    }

    // Its new instance answers, so it has been told to rest.
    private async Task ExpectRestAsync(IActorRef actor)
    {
        actor.Tell(new Identify(null));
        await ExpectMsgAsync<ActorIdentity>();
    }

    private sealed class Found
    {
        public const string Look = "look";

        public volatile bool IsBad;
    }

    /// <summary>Looks at something as soon as it starts, and fails when that is bad.</summary>
    private sealed class Starter(Found found, IActorRef told) : RestingActor
    {
        protected override void PreStart()
        {
            told.Tell("starts");
            Self.Tell(Found.Look);
        }

        protected override void OnReceive(object message)
        {
            if (message is not string)
            {
                told.Tell(message);
                return;
            }

            told.Tell("found");
            if (found.IsBad)
                throw new InvalidOperationException("bad");
        }
    }
}
